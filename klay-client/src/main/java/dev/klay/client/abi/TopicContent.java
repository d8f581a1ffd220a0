package dev.klay.client.abi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What the hash in a topic is made of: the value without offsets and lengths; inside arrays and
 * structs every part is padded to whole words, alone text and bytes are not.
 */
final class TopicContent {
  private TopicContent() {}

  static byte[] of(AbiType type, Object value) {
    if (type instanceof AbiType.Text || type instanceof AbiType.DynamicBytes) {
      return bare(type, value);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (type instanceof AbiType.Tuple tuple) {
      List<?> values = JavaValues.components(tuple, value);
      for (int i = 0; i < tuple.components().size(); i++) {
        content.writeBytes(padded(tuple.components().get(i).type(), values.get(i)));
      }
    } else if (type instanceof AbiType.FixedArray array) {
      JavaValues.elements(type, value)
          .forEach(each -> content.writeBytes(padded(array.element(), each)));
    } else if (type instanceof AbiType.DynamicArray array) {
      JavaValues.elements(type, value)
          .forEach(each -> content.writeBytes(padded(array.element(), each)));
    } else {
      content.writeBytes(AbiEncoder.value(type, value));
    }
    return content.toByteArray();
  }

  private static byte[] padded(AbiType type, Object value) {
    byte[] content = of(type, value);
    return Arrays.copyOf(content, AbiEncoder.padded(content.length));
  }

  /** The encoding behind its length, without padding. */
  private static byte[] bare(AbiType type, Object value) {
    byte[] encoded = AbiEncoder.value(type, value);
    int length = ByteBuffer.wrap(encoded).getInt(AbiType.WORD - Integer.BYTES);
    return Arrays.copyOfRange(encoded, AbiType.WORD, AbiType.WORD + length);
  }
}
