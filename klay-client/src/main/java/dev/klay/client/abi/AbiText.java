package dev.klay.client.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads types and declarations as Solidity writes them. The text is the program's own, or a
 * contract's ABI file: lengths and nesting are limited all the same.
 */
final class AbiText {
  static final int LENGTH_MAX = 1 << 16;
  static final int NESTING_MAX = 32;

  private static final Set<String> LOCATIONS = Set.of("memory", "calldata", "storage", "payable");

  private final String text;
  private int at;
  private int depth;

  AbiText(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a declaration has at most " + LENGTH_MAX + " characters, not " + text.length());
    }
    this.text = text;
  }

  static AbiType type(String text) {
    AbiText reader = new AbiText(text);
    AbiType type = reader.readType();
    reader.expectEnd();
    return type;
  }

  /** A name and the arrays around it: of {@code tuple}s the components are told apart from it. */
  static AbiType type(String text, List<AbiParameter> components) {
    AbiText reader = new AbiText(text);
    String word = reader.readWord();
    AbiType base = word.equals("tuple") ? new AbiType.Tuple(components) : elementary(word);
    AbiType type = reader.readArrays(base);
    reader.expectEnd();
    return type;
  }

  AbiType readType() {
    AbiType base;
    if (peek() == '(') {
      base = readTuple();
    } else {
      String word = readWord();
      base = word.equals("tuple") && peek() == '(' ? readTuple() : elementary(word);
    }
    return readArrays(base);
  }

  private AbiType readTuple() {
    return new AbiType.Tuple(readParameters());
  }

  private AbiType readArrays(AbiType base) {
    AbiType type = base;
    int arrays = 0;
    while (accept('[')) {
      arrays++;
      if (arrays > NESTING_MAX) {
        throw bad("arrays nested deeper than " + NESTING_MAX);
      }
      if (accept(']')) {
        type = new AbiType.DynamicArray(type);
      } else {
        type = new AbiType.FixedArray(type, readNumber());
        expect(']');
      }
    }
    return type;
  }

  /** {@code (uint256 amount, address indexed to)}. */
  List<AbiParameter> readParameters() {
    depth++;
    if (depth > NESTING_MAX) {
      throw bad("tuples nested deeper than " + NESTING_MAX);
    }
    List<AbiParameter> parameters = new ArrayList<>();
    expect('(');
    if (!accept(')')) {
      do {
        parameters.add(readParameter());
      } while (accept(','));
      expect(')');
    }
    depth--;
    return parameters;
  }

  private AbiParameter readParameter() {
    AbiType type = readType();
    String name = "";
    boolean indexed = false;
    while (isWord(peek())) {
      String word = readWord();
      if (word.equals("indexed")) {
        indexed = true;
      } else if (!LOCATIONS.contains(word)) {
        name = word;
      }
    }
    return new AbiParameter(name, type, indexed);
  }

  private static AbiType elementary(String word) {
    return switch (word) {
      case "bool" -> new AbiType.Bool();
      case "address" -> new AbiType.AccountAddress();
      case "string" -> new AbiType.Text();
      case "bytes" -> new AbiType.DynamicBytes();
      case "function" -> new AbiType.FixedBytes(24, true);
      case "uint" -> new AbiType.Uint(256);
      case "int" -> new AbiType.Int(256);
      default -> sized(word);
    };
  }

  private static AbiType sized(String word) {
    if (word.matches("uint[1-9][0-9]{0,2}")) {
      return new AbiType.Uint(Integer.parseInt(word.substring(4)));
    }
    if (word.matches("int[1-9][0-9]{0,2}")) {
      return new AbiType.Int(Integer.parseInt(word.substring(3)));
    }
    if (word.matches("bytes[1-9][0-9]?")) {
      return new AbiType.FixedBytes(Integer.parseInt(word.substring(5)), false);
    }
    throw new IllegalArgumentException("there is no ABI type " + word);
  }

  boolean atEnd() {
    return peek() == 0;
  }

  /** The next character that is no blank, 0 at the end. */
  char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  boolean accept(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  void expect(char c) {
    if (!accept(c)) {
      throw bad("expected " + c);
    }
  }

  void expectEnd() {
    if (!atEnd()) {
      throw bad("expected nothing more");
    }
  }

  private int readNumber() {
    String digits = readWord();
    if (!digits.matches("[0-9]{1,9}")) {
      throw bad("expected a length");
    }
    return Integer.parseInt(digits);
  }

  String readWord() {
    peek();
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw bad("expected a name");
    }
    return text.substring(start, at);
  }

  private static boolean isWord(char c) {
    return c == '_' || c == '$' || c < 128 && Character.isLetterOrDigit(c);
  }

  IllegalArgumentException bad(String why) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s at character %d of: %s", why, at + 1, text));
  }
}
