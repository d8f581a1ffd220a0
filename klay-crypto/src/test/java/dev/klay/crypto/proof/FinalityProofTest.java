package dev.klay.crypto.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Epochs of ten blocks; the validators change at 10 and at 20. */
class FinalityProofTest {
  private static final Hash GENESIS = Hash.fromHex("0x" + "12".repeat(32));
  private static final List<PrivateKey> FIRST = keys(1, 2, 3, 4);
  private static final List<PrivateKey> SECOND = keys(2, 3, 4, 5);
  private static final List<PrivateKey> THIRD = keys(3, 4, 5, 6);
  private static final TrustedCouncil TRUSTED = TrustedCouncil.ofGenesis(addresses(FIRST), 10);

  private static List<PrivateKey> keys(int... secrets) {
    return IntStream.of(secrets)
        .mapToObj(
            secret -> {
              byte[] bytes = new byte[32];
              bytes[31] = (byte) secret;
              return PrivateKey.of(bytes);
            })
        .sorted(Comparator.comparing(PrivateKey::address))
        .toList();
  }

  private static List<Address> addresses(List<PrivateKey> keys) {
    return keys.stream().map(PrivateKey::address).toList();
  }

  /** The header of a height, sealed by all of these, naming the next validators. */
  private static Bytes header(long number, List<PrivateKey> by, List<PrivateKey> next) {
    ExtraData extra =
        new ExtraData(ExtraData.EMPTY_VANITY, addresses(by), Bytes.wrap(new byte[65]), List.of());
    Hash hash = SealedHeader.decode(write(number, extra, next)).hash(SealRule.KLAY_QBFT);
    Hash digest = ConsensusDigest.ofBlock(ConsensusDigest.COMMIT, GENESIS, number, 1, hash);
    List<Bytes> seals = by.stream().map(key -> key.sign(digest).encode()).toList();
    return write(number, extra.withRound(SealRule.KLAY_QBFT, 1).withCommittedSeals(seals), next);
  }

  private static Bytes write(long number, ExtraData extra, List<PrivateKey> next) {
    Bytes governance =
        next.isEmpty()
            ? Bytes.EMPTY
            : RlpWriter.encodeList(w -> addresses(next).forEach(w::address));
    return RlpWriter.encodeList(
        w -> {
          for (int i = 0; i < 7; i++) {
            w.integer(i);
          }
          w.integer(number).integer(0).integer(0).integer(0);
          w.bytes(extra.encode()).bytes(governance).bytes(Bytes.EMPTY);
        });
  }

  @Test
  void aBlockOfTheTrustedEpochNeedsNoEpochHeaders() {
    FinalityProof proof = new FinalityProof(GENESIS, header(7, FIRST, List.of()));
    assertThat(proof.findFault(TRUSTED)).isEmpty();
    assertThat(proof.verify(addresses(FIRST))).isTrue();
    assertThat(proof.verify(addresses(THIRD))).isFalse();
  }

  @Test
  void aProofLeadsAcrossChangesOfValidators() {
    FinalityProof proof =
        new FinalityProof(
            GENESIS,
            header(23, THIRD, List.of()),
            List.of(header(10, FIRST, SECOND), header(20, SECOND, THIRD)));
    assertThat(proof.findFault(TRUSTED)).isEmpty();
    TrustedCouncil later = new TrustedCouncil(10, 10, addresses(SECOND));
    assertThat(
            new FinalityProof(GENESIS, proof.header(), proof.epochHeaders().subList(1, 2))
                .findFault(later))
        .isEmpty();
  }

  @Test
  void whoFollowsFromACheckpointKeepsTheCouncilThatWasProvenLast() {
    TrustedCouncil checkpoint = new TrustedCouncil(10, 10, addresses(SECOND));
    FinalityProof first =
        new FinalityProof(
            GENESIS, header(23, THIRD, List.of()), List.of(header(20, SECOND, THIRD)));
    TrustedCouncil proven = first.provenCouncil(checkpoint);
    assertThat(proven).isEqualTo(new TrustedCouncil(20, 10, addresses(THIRD)));
    FinalityProof second = new FinalityProof(GENESIS, header(29, THIRD, List.of()));
    assertThat(second.provenCouncil(proven)).isEqualTo(proven);
    assertThatThrownBy(() -> second.provenCouncil(checkpoint))
        .isInstanceOf(UnprovenException.class)
        .hasMessageContaining("up to height 20, not 29");
  }

  @Test
  void aMissingWrongOrForeignEpochHeaderIsFound() {
    Bytes block = header(23, THIRD, List.of());
    Bytes ten = header(10, FIRST, SECOND);
    Bytes twenty = header(20, SECOND, THIRD);
    assertThat(fault(block)).contains("up to height 10, not 23");
    assertThat(fault(block, ten)).contains("up to height 20, not 23");
    assertThat(fault(block, twenty)).contains("epoch header 20 where 10 is due");
    assertThat(fault(block, ten, header(20, FIRST, THIRD)))
        .contains("epoch header 20: committed seal");
    assertThat(fault(block, header(10, FIRST, List.of()), twenty)).contains("names no validators");
    assertThat(fault(block, ten, header(20, SECOND.subList(0, 2), THIRD)))
        .contains("2 committed seals, 3 are needed");
    assertThat(fault(header(7, FIRST, List.of()), ten)).contains("not 7");
    assertThat(fault(Bytes.of((byte) 1), ten)).isNotEmpty();
  }

  private static String fault(Bytes block, Bytes... epochs) {
    return new FinalityProof(GENESIS, block, List.of(epochs)).findFault(TRUSTED).orElse("");
  }

  @Test
  void aCouncilStartsAtAnEpoch() {
    List<Address> validators = addresses(FIRST);
    assertThatThrownBy(() -> new TrustedCouncil(7, 10, validators))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("starts at 7");
  }
}
