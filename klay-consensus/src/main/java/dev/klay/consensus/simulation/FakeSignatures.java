package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Signatures that cost nothing: 65 bytes with the signer's address and a checksum over it and the
 * digest. Good where nobody forges on purpose, which no strategy here does; never anywhere else.
 */
final class FakeSignatures {
  private static final int SIZE = 65;

  private FakeSignatures() {}

  static final SignerRecovery RECOVERY = FakeSignatures::recover;

  static Bytes sign(Address signer, Hash digest) {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    bytes.put(signer.unsafeArray()).putLong(checksum(signer, digest));
    return Bytes.wrap(bytes.array());
  }

  private static Address recover(Hash digest, Bytes signature) {
    byte[] bytes = signature.unsafeArray();
    if (bytes.length != SIZE) {
      throw new DecodingException("a signature of " + bytes.length + " bytes");
    }
    Address signer = Address.of(Arrays.copyOf(bytes, Address.SIZE));
    if (ByteBuffer.wrap(bytes, Address.SIZE, 8).getLong() != checksum(signer, digest)) {
      throw new DecodingException("a signature over something else");
    }
    return signer;
  }

  private static long checksum(Address signer, Hash digest) {
    return mix(fold(digest.unsafeArray()) ^ Long.rotateLeft(fold(signer.unsafeArray()), 17));
  }

  static long fold(byte[] bytes) {
    ByteBuffer words = ByteBuffer.wrap(bytes);
    long folded = bytes.length;
    while (words.remaining() >= 8) {
      folded = mix(folded * 31 + words.getLong());
    }
    while (words.hasRemaining()) {
      folded = folded * 31 + words.get();
    }
    return mix(folded);
  }

  static long mix(long z) {
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }

  /** The signer of an address. */
  record Signer(Address address) implements MessageSigner {
    @Override
    public Bytes sign(Hash digest) {
      return FakeSignatures.sign(address, digest);
    }
  }
}
