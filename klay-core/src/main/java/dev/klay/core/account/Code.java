package dev.klay.core.account;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import org.jspecify.annotations.Nullable;

/** The code of an account, an immutable value. */
public final class Code {
  /** No code; its hash is {@code 0xc5d2...a470}. */
  public static final Code EMPTY = of(Bytes.EMPTY, CodeInfo.BEFORE_ISTANBUL);

  private final Bytes bytes;
  private final Hash hash;
  private final CodeInfo info;

  /** Made when first asked for; threads may make it twice, and make the same. */
  private @Nullable ExecutableCode executable;

  /**
   * Code whose hash is known.
   *
   * @param hash Keccak-256 of the bytes
   */
  public Code(Bytes bytes, Hash hash, CodeInfo info) {
    this.bytes = bytes;
    this.hash = hash;
    this.info = info;
  }

  public static Code of(Bytes bytes, CodeInfo info) {
    return new Code(bytes, Keccak256.hash(bytes), info);
  }

  public Bytes bytes() {
    return bytes;
  }

  /** Keccak-256 of the bytes. */
  public Hash hash() {
    return hash;
  }

  public CodeInfo info() {
    return info;
  }

  public boolean isEmpty() {
    return bytes.isEmpty();
  }

  /** The code made ready to run, the same object every time but for races. */
  public ExecutableCode executable() {
    ExecutableCode ready = executable;
    if (ready == null) {
      ready = isEmpty() ? ExecutableCode.EMPTY : new ExecutableCode(bytes);
      executable = ready;
    }
    return ready;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Code code && hash.equals(code.hash) && info.equals(code.info);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "Code[" + bytes.size() + " bytes, hash=" + hash + ", " + info + "]";
  }
}
