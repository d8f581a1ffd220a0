package dev.klay.consensus.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.wire.Samples;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What peers may make a node do and keep. */
class PeerLimitsTest {
  /** Virtual time, and what is due later. */
  private static final class Clockwork implements NodeRuntime {
    long nanos;
    final Queue<Runnable> scheduled = new ArrayDeque<>();

    @Override
    public long wallMillis() {
      return 0;
    }

    @Override
    public long monoNanos() {
      return nanos;
    }

    @Override
    public Scheduled schedule(long delayMillis, Runnable task) {
      scheduled.add(
          () -> {
            nanos += TimeUnit.MILLISECONDS.toNanos(delayMillis);
            task.run();
          });
      return () -> {};
    }

    @Override
    public void compute(Runnable later) {
      later.run();
    }
  }

  private static Address peer(int number) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[0] = (byte) number;
    return Address.of(bytes);
  }

  @Test
  void answersTakeAFifthOfTheTimeAndPeersTakeTurns() {
    Clockwork clock = new Clockwork();
    BlockAnswers answers = new BlockAnswers(clock);
    List<Integer> answered = new ArrayList<>();
    for (int asked = 0; asked < 100; asked++) { // one asks all the time, the others once
      answers.ask(peer(1), NodeRole.RANGER, answer(clock, answered, 1));
      if (asked == 50) {
        answers.ask(peer(2), NodeRole.RANGER, answer(clock, answered, 2));
        answers.ask(peer(3), NodeRole.CONSENSUS, answer(clock, answered, 3));
        answers.ask(peer(4), NodeRole.RANGER, answer(clock, answered, 4));
        answers.peerDown(peer(4));
      }
    }
    assertThat(answers.waiting()).isEqualTo(3);
    while (!clock.scheduled.isEmpty()) {
      clock.scheduled.remove().run();
    }
    assertThat(answered).startsWith(1).containsExactlyInAnyOrder(1, 1, 2, 3);
    assertThat(answered.indexOf(3)).isLessThan(3); // a validator does not wait for all others
    assertThat(clock.nanos).isGreaterThanOrEqualTo(answered.size() * 40_000_000L);
  }

  private static Runnable answer(Clockwork clock, List<Integer> answered, int number) {
    return () -> {
      answered.add(number);
      clock.nanos += TimeUnit.MILLISECONDS.toNanos(10);
    };
  }

  @Test
  void evidenceIsKeptWithoutAttachmentsAndWithFewBlocks() {
    Samples samples = new Samples(1);
    EvidenceStore store = new EvidenceStore();
    Evidence large = new Evidence(Evidence.Kind.TWO_PROPOSALS, proposal(1), proposal(1));
    assertThat(large.bare().blockBytes()).isGreaterThan(EvidenceStore.BLOCK_BYTES_MAX);
    assertThat(((Proposal) large.bare().first()).prepares()).isEmpty();
    assertThat(store.add(large.bare())).isTrue(); // one always fits
    Evidence more = new Evidence(Evidence.Kind.TWO_PROPOSALS, proposal(2), proposal(2));
    assertThat(store.add(more.bare())).isFalse();
    Prepare vote = samples.prepare(3, 0, Hash.ZERO);
    assertThat(store.add(new Evidence(Evidence.Kind.TWO_PREPARES, vote, vote))).isTrue();
    assertThat(store.size()).isEqualTo(2);
  }

  private static Proposal proposal(long height) {
    Samples samples = new Samples(7);
    Samples.Stone block = new Samples.Stone(height, Bytes.wrap(new byte[9 << 20]));
    Proposal small = samples.proposal(height, 1);
    return new Proposal(
        height,
        1,
        block.hash(),
        small.author(),
        small.signature(),
        block,
        List.of(),
        List.of(samples.prepare(height, 0, block.hash())));
  }

  @Test
  void aStatusThatCameLateMakesNoClockWrong() {
    PeerBook.Peer peer = new PeerBook.Peer(NodeRole.CONSENSUS, 0, NodeLimits.REMOTE);
    peer.toldClock(3);
    peer.toldClock(-2_500);
    assertThat(peer.clockAheadMillis).isEqualTo(-97);
    peer.toldClock(1);
    assertThat(peer.clockAheadMillis).isEqualTo(1);
    for (int i = 0; i < 30; i++) {
      peer.toldClock(-2_500);
    }
    assertThat(peer.clockAheadMillis).isEqualTo(-2_500); // it says so all the time
  }

  @Test
  void aClockOfAPeerThatWasSetBackIsBelievedAtOnce() {
    PeerBook.Peer peer = new PeerBook.Peer(NodeRole.CONSENSUS, 0, NodeLimits.REMOTE);
    peer.toldClock(3_000_000);
    peer.toldClock(2);
    assertThat(peer.clockAheadMillis).isEqualTo(2);
  }

  @Test
  void aClockHereThatWasSetMovesTheOthersAtOnce() {
    long[] wallAhead = {1_000};
    PeerBook book = new PeerBook(NodeLimits.REMOTE, () -> wallAhead[0]);
    Address peer = new Samples(1).commit(1, 0, Hash.ZERO).author();
    book.up(peer, NodeRole.CONSENSUS, 0);
    book.peer(peer, 0).toldClock(2_799_200); // late
    assertThat(book.clockOffsetMillis(peer)).as("the first word is not enough").isEmpty();
    book.peer(peer, 0).toldClock(2_800_000);
    assertThat(book.medianClockOffsetMillis()).isEqualTo(2_799_000);
    wallAhead[0] = 2_799_998; // NTP found its server again
    assertThat(book.medianClockOffsetMillis()).isEqualTo(2);
    assertThat(book.clockOffsetMillis(peer)).contains(2L);
  }
}
