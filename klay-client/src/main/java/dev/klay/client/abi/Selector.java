package dev.klay.client.abi;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The four bytes in front of calls and errors. */
final class Selector {
  static final int SIZE = 4;

  private Selector() {}

  static Hash hash(String signature) {
    return Keccak256.hash(signature.getBytes(StandardCharsets.UTF_8));
  }

  static Bytes of(String signature) {
    return hash(signature).toBytes().slice(0, SIZE);
  }

  static Bytes prepend(Bytes selector, byte[] parameters) {
    byte[] all = new byte[SIZE + parameters.length];
    System.arraycopy(selector.unsafeArray(), 0, all, 0, SIZE);
    System.arraycopy(parameters, 0, all, SIZE, parameters.length);
    return Bytes.wrap(all);
  }

  static boolean starts(Bytes data, Bytes selector) {
    return data.size() >= SIZE && data.slice(0, SIZE).equals(selector);
  }

  static AbiTuple decode(Bytes data, Bytes selector, List<AbiParameter> parameters) {
    if (!starts(data, selector)) {
      throw new DecodingException("the data does not start with " + selector);
    }
    Bytes rest = data.slice(SIZE, data.size());
    return AbiTuple.of(parameters, AbiDecoder.parameters(parameters, rest));
  }
}
