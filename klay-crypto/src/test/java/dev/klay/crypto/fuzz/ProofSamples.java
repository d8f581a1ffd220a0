package dev.klay.crypto.fuzz;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.SealedHeader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A header that four validators really sealed. */
final class ProofSamples {
  static final Hash GENESIS = Hash.fromHex("0x" + "77".repeat(32));
  static final List<PrivateKey> KEYS =
      IntStream.rangeClosed(1, 4)
          .mapToObj(ProofSamples::key)
          .sorted(Comparator.comparing(PrivateKey::address))
          .toList();
  static final List<Address> VALIDATORS = KEYS.stream().map(PrivateKey::address).toList();
  static final long NUMBER = 7;
  static final SealedHeader SEALED = sealed();

  private ProofSamples() {}

  private static PrivateKey key(int number) {
    byte[] secret = new byte[PrivateKey.SIZE];
    secret[31] = (byte) number;
    return PrivateKey.of(secret);
  }

  static ExtraData extra(List<Bytes> seals) {
    return new ExtraData(ExtraData.EMPTY_VANITY, VALIDATORS, Bytes.wrap(new byte[65]), seals);
  }

  private static Bytes header(ExtraData extra) {
    return RlpWriter.encodeList(
        w -> {
          for (int field = 0; field < 7; field++) {
            w.hash(Hash.ZERO);
          }
          w.integer(NUMBER).integer(0).integer(1_700_000_000L).integer(0);
          w.bytes(extra.encode()).bytes(Bytes.EMPTY).bytes(Bytes.EMPTY);
        });
  }

  private static SealedHeader sealed() {
    Hash hash = SealedHeader.decode(header(extra(List.of()))).hash(SealRule.KLAY_QBFT);
    Hash digest = ConsensusDigest.ofBlock(ConsensusDigest.COMMIT, GENESIS, NUMBER, 0, hash);
    List<Bytes> seals = KEYS.stream().limit(3).map(key -> key.sign(digest).encode()).toList();
    return SealedHeader.decode(header(extra(seals)));
  }
}
