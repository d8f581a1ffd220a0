package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads as much of YAML as the schemas of Ethereum's methods use: maps and lists by indentation,
 * quoted and plain scalars, text blocks, empty lists in brackets. Whatever else there is is no
 * schema, and becomes text.
 */
final class BlockYaml {
  private static final Pattern ENTRY =
      Pattern.compile("('[^']*'|\"[^\"]*\"|[A-Za-z0-9_$.-]+):(?:\\s+(.*))?");

  private record Line(int indent, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private int at;

  private BlockYaml(String text) {
    for (String line : text.split("\n")) {
      String content = line.strip();
      if (!content.isEmpty() && !content.startsWith("#")) {
        lines.add(new Line(line.indexOf(content.charAt(0)), content));
      }
    }
  }

  static JsonNode read(String text) {
    BlockYaml yaml = new BlockYaml(text);
    return yaml.block(yaml.lines.get(0).indent());
  }

  private boolean isAt(int indent) {
    return at < lines.size() && lines.get(at).indent() == indent;
  }

  private JsonNode block(int indent) {
    return lines.get(at).text().startsWith("-") ? list(indent) : map(indent);
  }

  private ArrayNode list(int indent) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    while (isAt(indent) && lines.get(at).text().startsWith("-")) {
      String rest = lines.get(at).text().substring(1).strip();
      if (rest.isEmpty()) {
        at++;
        list.add(inner(indent));
      } else if (ENTRY.matcher(rest).matches()) {
        int column = indent + lines.get(at).text().indexOf(rest.charAt(0), 1);
        lines.set(at, new Line(column, rest)); // a map that starts behind the dash
        list.add(map(column));
      } else {
        at++;
        list.add(scalar(rest));
      }
    }
    return list;
  }

  /** What is indented more than this, or nothing. */
  private JsonNode inner(int indent) {
    return at < lines.size() && lines.get(at).indent() > indent
        ? block(lines.get(at).indent())
        : NullNode.instance;
  }

  private ObjectNode map(int indent) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    while (isAt(indent)) {
      Matcher entry = ENTRY.matcher(lines.get(at).text());
      if (!entry.matches()) {
        at++; // the rest of a text
        continue;
      }
      at++;
      String key = unquoted(entry.group(1));
      String value = entry.group(2) == null ? "" : entry.group(2);
      if (value.startsWith("|") || value.startsWith(">")) {
        skipDeeper(indent);
        map.put(key, "");
      } else if (value.isEmpty()) {
        boolean sameLevel = isAt(indent) && lines.get(at).text().startsWith("- ");
        map.set(key, sameLevel ? list(indent) : inner(indent));
      } else {
        map.set(key, scalar(value));
        skipDeeper(indent);
      }
    }
    return map;
  }

  private void skipDeeper(int indent) {
    while (at < lines.size() && lines.get(at).indent() > indent) {
      at++;
    }
  }

  private static JsonNode scalar(String text) {
    if (text.startsWith("'") || text.startsWith("\"")) {
      return TextNode.valueOf(unquoted(text));
    }
    String plain = text.replaceAll("\\s+#.*$", "");
    return switch (plain) {
      case "true", "false" -> BooleanNode.valueOf(plain.equals("true"));
      case "null" -> NullNode.instance;
      default ->
          plain.matches("\\[\\s*]")
              ? JsonNodeFactory.instance.arrayNode()
              : plain.matches("-?[0-9]{1,18}")
                  ? LongNode.valueOf(Long.parseLong(plain))
                  : TextNode.valueOf(plain);
    };
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && (text.startsWith("'") || text.startsWith("\""));
    int end = quoted ? text.lastIndexOf(text.charAt(0)) : text.length();
    return quoted ? text.substring(1, end) : text;
  }
}
