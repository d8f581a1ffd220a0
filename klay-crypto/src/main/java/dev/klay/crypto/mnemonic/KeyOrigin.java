package dev.klay.crypto.mnemonic;

import dev.klay.crypto.secp256k1.InvalidKeyException;
import java.nio.ByteBuffer;

/**
 * Where an extended key stands in its tree.
 *
 * @param depth 0 for a master key, at most 255
 * @param parentFingerprint the first four bytes of the parent's identifier, 0 for a master key
 * @param index the key's own index below its parent, 0 for a master key
 */
record KeyOrigin(int depth, int parentFingerprint, int index) {
  static final KeyOrigin MASTER = new KeyOrigin(0, 0, 0);

  KeyOrigin {
    if (depth == 0 && (parentFingerprint != 0 || index != 0)) {
      throw new InvalidKeyException("an extended key of depth 0 has no parent and no index");
    }
  }

  static KeyOrigin read(ByteBuffer in) {
    return new KeyOrigin(in.get() & 0xff, in.getInt(), in.getInt());
  }

  void write(ByteBuffer out) {
    out.put((byte) depth).putInt(parentFingerprint).putInt(index);
  }
}
