package dev.klay.consensus.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;

/** The id of a request that is refused unread, so that its client knows which. */
final class RequestId {
  /** Larger ones are not looked through; their error has the id null. */
  private static final int SIZE_MAX = 1 << 16;

  private static final JsonFactory JSON = new JsonFactory();

  private RequestId() {}

  /** The id of a single request; null for a batch, or if there is none that can be found. */
  static JsonNode of(byte[] request) {
    if (request.length > SIZE_MAX) {
      return NullNode.instance;
    }
    try (JsonParser parser = JSON.createParser(request)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return NullNode.instance;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean id = parser.currentName().equals("id");
        JsonToken value = parser.nextToken();
        if (id) {
          return scalar(parser, value);
        }
        parser.skipChildren();
      }
      return NullNode.instance;
    } catch (IOException malformed) {
      return NullNode.instance; // then nobody can tell
    }
  }

  private static JsonNode scalar(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return JsonNodeFactory.instance.textNode(parser.getText());
    }
    return value == JsonToken.VALUE_NUMBER_INT
        ? JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue())
        : NullNode.instance;
  }
}
