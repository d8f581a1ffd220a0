package dev.klay.consensus.bft;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Arrays;

/** Signs with a keyed hash: fast, and nobody in these tests forges. */
record FakeSigner(Address address) implements MessageSigner {
  static Address addressOf(int node) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[0] = (byte) (node + 1);
    return Address.of(bytes);
  }

  @Override
  public Bytes sign(Hash digest) {
    byte[] keyed =
        Keccak256.hash(new RlpWriter().address(address).hash(digest).toBytes()).toArray();
    return Bytes.wrap(Arrays.copyOf(keyed, 65));
  }
}
