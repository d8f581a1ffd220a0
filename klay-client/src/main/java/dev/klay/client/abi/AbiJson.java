package dev.klay.client.abi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.crypto.DecodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the JSON form of the contract ABI. */
final class AbiJson {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<AbiFunction> functions = new ArrayList<>();
  private final List<AbiEvent> events = new ArrayList<>();
  private final List<AbiError> errors = new ArrayList<>();
  private List<AbiParameter> constructor = List.of();
  private boolean payable;

  private AbiJson() {}

  static Abi read(String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new DecodingException("the ABI is no JSON: " + e.getOriginalMessage(), e);
    }
    JsonNode list = json.isObject() ? json.path("abi") : json;
    if (!list.isArray()) {
      throw new DecodingException("an ABI is a list, or an object with one as abi");
    }
    AbiJson reader = new AbiJson();
    try {
      list.forEach(reader::entry);
    } catch (IllegalArgumentException e) {
      throw new DecodingException("the ABI cannot be read: " + e.getMessage(), e);
    }
    return new Abi(
        reader.functions, reader.events, reader.errors, reader.constructor, reader.payable);
  }

  private void entry(JsonNode entry) {
    List<AbiParameter> inputs = parameters(entry.path("inputs"), 0);
    String name = entry.path("name").asText("");
    switch (entry.path("type").asText("function")) {
      case "function" ->
          functions.add(
              new AbiFunction(
                  name, inputs, parameters(entry.path("outputs"), 0), mutability(entry)));
      case "event" ->
          events.add(new AbiEvent(name, inputs, entry.path("anonymous").asBoolean(false)));
      case "error" -> errors.add(new AbiError(name, inputs));
      case "constructor" -> {
        constructor = inputs;
        payable = mutability(entry) == AbiFunction.Mutability.PAYABLE;
      }
      case "fallback", "receive" -> {}
      default -> throw new IllegalArgumentException("there is no kind of entry " + entry);
    }
  }

  /** Compilers before 0.5 tell only whether it is constant or payable. */
  private static AbiFunction.Mutability mutability(JsonNode entry) {
    if (entry.hasNonNull("stateMutability")) {
      return AbiFunction.Mutability.valueOf(
          entry.path("stateMutability").asText().toUpperCase(Locale.ROOT));
    }
    if (entry.path("constant").asBoolean(false)) {
      return AbiFunction.Mutability.VIEW;
    }
    return entry.path("payable").asBoolean(false)
        ? AbiFunction.Mutability.PAYABLE
        : AbiFunction.Mutability.NONPAYABLE;
  }

  private static List<AbiParameter> parameters(JsonNode list, int depth) {
    if (depth > AbiText.NESTING_MAX) {
      throw new IllegalArgumentException("tuples nested deeper than " + AbiText.NESTING_MAX);
    }
    List<AbiParameter> parameters = new ArrayList<>();
    for (JsonNode each : list) {
      String type = each.path("type").asText("");
      parameters.add(
          new AbiParameter(
              each.path("name").asText(""),
              type.startsWith("tuple")
                  ? AbiText.type(type, parameters(each.path("components"), depth + 1))
                  : AbiType.parse(type),
              each.path("indexed").asBoolean(false)));
    }
    return parameters;
  }
}
