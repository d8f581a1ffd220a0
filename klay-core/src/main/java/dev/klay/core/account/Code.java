package dev.klay.core.account;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;

/**
 * The code of an account.
 *
 * @param hash Keccak-256 of the bytes
 */
public record Code(Bytes bytes, Hash hash, CodeInfo info) {
  /** No code; its hash is {@code 0xc5d2...a470}. */
  public static final Code EMPTY = of(Bytes.EMPTY, CodeInfo.BEFORE_ISTANBUL);

  public static Code of(Bytes bytes, CodeInfo info) {
    return new Code(bytes, Keccak256.hash(bytes), info);
  }

  public boolean isEmpty() {
    return bytes.isEmpty();
  }
}
