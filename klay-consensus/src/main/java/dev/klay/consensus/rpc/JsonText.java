package dev.klay.consensus.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON from and to strangers: bounded in depth, strings and numbers, one value and no more. */
final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(RpcLimits.DEPTH_MAX)
                          .maxStringLength(RpcLimits.STRING_MAX)
                          .maxNumberLength(RpcLimits.NUMBER_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  /**
   * Reads one value.
   *
   * @throws RpcException if it is malformed or beyond a limit
   */
  static JsonNode read(byte[] text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      if (json.isMissingNode()) {
        throw new RpcException(RpcError.PARSE, "parse error: the request is empty");
      }
      return json;
    } catch (StreamConstraintsException tooMuch) {
      throw new RpcException(RpcError.INVALID_REQUEST, "the request is beyond a limit: " + LIMITS);
    } catch (JsonProcessingException malformed) {
      throw new RpcException(RpcError.PARSE, "parse error: " + malformed.getOriginalMessage());
    } catch (IOException notText) { // an array is always read, but need not be text
      throw new RpcException(RpcError.PARSE, "parse error: the request is not UTF-8 text");
    }
  }

  private static final String LIMITS =
      "JSON may be nested "
          + RpcLimits.DEPTH_MAX
          + " deep, strings may have "
          + RpcLimits.STRING_MAX
          + " characters and numbers "
          + RpcLimits.NUMBER_MAX
          + " digits";

  static byte[] write(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
