package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * As much of JSON Schema as Ethereum's methods are described with.
 *
 * @param named what {@code $ref} refers to, by the last part of its path
 */
record JsonSchema(Map<String, JsonNode> named) {
  /** What is wrong with a value, empty if nothing. */
  Optional<String> fault(JsonNode schema, JsonNode value) {
    return fault("", schema, value);
  }

  private Optional<String> fault(String path, JsonNode schema, JsonNode value) {
    if (schema.has("$ref")) {
      String reference = schema.get("$ref").asText();
      JsonNode target = named.get(reference.substring(reference.lastIndexOf('/') + 1));
      if (target == null) {
        throw new AssertionError("unknown schema " + reference);
      }
      return fault(path, target, value);
    }
    return ofType(path, schema, value)
        .or(() -> ofText(path, schema, value))
        .or(() -> ofNumber(path, schema, value))
        .or(() -> ofObject(path, schema, value))
        .or(() -> ofArray(path, schema, value))
        .or(() -> ofParts(path, schema, value));
  }

  private static Optional<String> ofType(String path, JsonNode schema, JsonNode value) {
    if (!schema.has("type")) {
      return Optional.empty();
    }
    String type = schema.get("type").asText();
    boolean right =
        switch (type) {
          case "string" -> value.isTextual();
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "boolean" -> value.isBoolean();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "null" -> value.isNull();
          default -> throw new AssertionError("unknown type " + type);
        };
    return right ? Optional.empty() : wrong(path, "is no " + type + ": " + value);
  }

  private static Optional<String> ofText(String path, JsonNode schema, JsonNode value) {
    if (schema.has("pattern")
        && value.isTextual()
        && !Pattern.compile(schema.get("pattern").asText()).matcher(value.asText()).find()) {
      return wrong(path, value + " is not like " + schema.get("pattern").asText());
    }
    if (schema.has("enum")) {
      for (JsonNode each : schema.get("enum")) {
        if (isSame(each, value)) {
          return Optional.empty();
        }
      }
      return wrong(path, value + " is none of " + schema.get("enum"));
    }
    boolean other = schema.has("const") && !isSame(schema.get("const"), value);
    return other ? wrong(path, value + " is not " + schema.get("const")) : Optional.empty();
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    return one.isIntegralNumber() && other.isIntegralNumber()
        ? one.bigIntegerValue().equals(other.bigIntegerValue())
        : one.equals(other);
  }

  private static Optional<String> ofNumber(String path, JsonNode schema, JsonNode value) {
    boolean outside =
        value.isNumber()
            && (schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble()
                || schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble());
    return outside ? wrong(path, value + " is out of range") : Optional.empty();
  }

  private Optional<String> ofObject(String path, JsonNode schema, JsonNode value) {
    for (JsonNode name : schema.path("required")) {
      if (value.isObject() && !value.has(name.asText())) {
        return wrong(path, "has no " + name.asText());
      }
    }
    if (!value.isObject()) {
      return Optional.empty();
    }
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode known = schema.path("properties").path(member.getKey());
      String inner = path + "/" + member.getKey();
      if (known.isMissingNode() && others.isBoolean() && !others.asBoolean()) {
        return wrong(inner, "is not in the schema");
      }
      Optional<String> fault =
          known.isObject()
              ? fault(inner, known, member.getValue())
              : others.isObject() && known.isMissingNode()
                  ? fault(inner, others, member.getValue())
                  : Optional.empty();
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<String> ofArray(String path, JsonNode schema, JsonNode value) {
    if (!value.isArray() || !schema.has("items")) {
      return Optional.empty();
    }
    for (JsonNode item : value) {
      Optional<String> fault = fault(path + "[]", schema.get("items"), item);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<String> ofParts(String path, JsonNode schema, JsonNode value) {
    for (JsonNode part : schema.path("allOf")) {
      Optional<String> fault = fault(path, part, value);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return ofAlternatives(path, schema.path("oneOf"), value)
        .or(() -> ofAlternatives(path, schema.path("anyOf"), value));
  }

  /** At least one; that it is only one nobody's tool minds. */
  private Optional<String> ofAlternatives(String path, JsonNode alternatives, JsonNode value) {
    StringBuilder faults = new StringBuilder();
    for (JsonNode alternative : alternatives) {
      Optional<String> fault = fault(path, alternative, value);
      if (fault.isEmpty()) {
        return Optional.empty();
      }
      faults.append(fault.orElseThrow()).append("; ");
    }
    return alternatives.isEmpty() ? Optional.empty() : Optional.of(faults.toString());
  }

  private static Optional<String> wrong(String path, String what) {
    return Optional.of(path + " " + what);
  }
}
