package dev.klay.consensus.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.Prepare;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node keeps of its peers' doings, and takes from them, at most. */
class BoundsTest {
  private static final Hash ONE = Hash.fromHex("0x" + "01".repeat(32));

  private static Address address(int number) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[0] = (byte) number;
    bytes[1] = (byte) (number >> 8);
    return Address.of(bytes);
  }

  private static Evidence against(int validator, long height, int round) {
    Bytes signature = Bytes.wrap(new byte[65]);
    return new Evidence(
        Evidence.Kind.TWO_PREPARES,
        new Prepare(height, round, ONE, address(validator), signature),
        new Prepare(height, round, Hash.ZERO, address(validator), signature));
  }

  @Test
  void ofAValidatorAndHeightFourProofsAreKeptTheFirstOnes() {
    EvidenceStore store = new EvidenceStore();
    for (int round = 0; round < 10; round++) {
      assertThat(store.add(against(1, 7, round)))
          .isEqualTo(round < EvidenceStore.PER_VALIDATOR_AND_HEIGHT);
    }
    assertThat(store.add(against(2, 7, 0))).isTrue();
    assertThat(store.add(against(1, 8, 0))).isTrue();
    assertThat(store.add(against(1, 8, 0))).as("known").isFalse();
    assertThat(store.all().get(0).first().round()).isZero();
  }

  @Test
  void proofsAreBoundedInAll() {
    EvidenceStore store = new EvidenceStore();
    for (int height = 1; height <= 2 * EvidenceStore.MAX; height++) {
      store.add(against(1, height, 0));
    }
    assertThat(store.size()).isEqualTo(EvidenceStore.MAX);
    assertThat(store.all()).hasSize(EvidenceStore.MAX);
  }

  @Test
  void aPeerMaySendForFourSecondsAtOnceAndThenSoMuchASecond() {
    NodeLimits limits = NodeLimits.of(4);
    PeerBook book = new PeerBook(limits, () -> 0);
    Address peer = address(1);
    book.up(peer, NodeRole.CONSENSUS, 0);
    assertThat(admitted(book, peer, 0)).isEqualTo(4 * (64 + 8 * 4));
    assertThat(admitted(book, peer, 1_000_000_000L)).isEqualTo(64 + 8 * 4);
    assertThat(admitted(book, peer, 100_000_000_000L)).isEqualTo(4 * (64 + 8 * 4));
    assertThat(book.dropped()).isEqualTo(3 * 10_000L - 9 * (64 + 8 * 4));
  }

  private static int admitted(PeerBook book, Address peer, long atNanos) {
    int admitted = 0;
    for (int i = 0; i < 10_000; i++) {
      admitted += book.admits(peer, atNanos) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void theMiddleClockIsNotMovedByAFew() {
    PeerBook book = new PeerBook(NodeLimits.TRUSTED, () -> 0);
    assertThat(book.medianClockOffsetMillis()).isZero();
    for (long offset : List.of(5L, -900_000L, 900_000L)) {
      Address peer = address(10 + book.clocksKnown());
      book.up(peer, NodeRole.CONSENSUS, 0);
      book.peer(peer, 0).toldClock(offset);
      book.peer(peer, 0).toldClock(offset);
    }
    assertThat(book.medianClockOffsetMillis()).isEqualTo(5);
    book.down(address(11));
    assertThat(book.medianClockOffsetMillis()).as("of two the nearer one").isEqualTo(5);
  }
}
