package dev.klay.consensus.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.bft.Status;
import dev.klay.consensus.node.Inbox.Urgency;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.wire.Samples;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order a node's thread takes what came while it was busy. */
class InboxTest {
  private static final Samples SAMPLES = new Samples(1);

  @Test
  void votesGoFirstAndTransactionsLast() {
    Hash hash = SAMPLES.block(7).hash();
    BitSet none = new BitSet();
    List<Frame> ordered =
        List.of(
            new Frame.Vote(SAMPLES.prepare(7, 0, hash)),
            new Frame.Vote(SAMPLES.commit(6, 0, hash)),
            new Frame.Vote(SAMPLES.change(7, 2)),
            new Frame.Vote(SAMPLES.proposal(8, 0)),
            new Frame.Knowledge(new Status(7, hash, 0, false, none, none, none), 5),
            new Frame.GetBlock(3, hash),
            new Frame.Transactions(List.of()),
            new Frame.Announcement(List.of(hash)));
    Inbox inbox = new Inbox();
    List<Frame> handled = new ArrayList<>();
    for (int i = ordered.size() - 1; i >= 0; i--) {
      Frame frame = ordered.get(i);
      inbox.add(Urgency.of(frame, 7), () -> handled.add(frame));
    }
    ordered.forEach(frame -> inbox.runNext());
    assertThat(handled.stream().map(frame -> Urgency.of(frame, 7)))
        .containsExactly(
            Urgency.VOTES,
            Urgency.VOTES,
            Urgency.ROUND_CHANGES,
            Urgency.LATER_HEIGHTS,
            Urgency.SYNC,
            Urgency.SYNC,
            Urgency.TRANSACTIONS,
            Urgency.TRANSACTIONS);
    assertThat(handled.subList(6, 8))
        .as("one kind keeps its order")
        .containsExactly(ordered.get(7), ordered.get(6));
    inbox.runNext();
    assertThat(handled).hasSize(8);
  }

  @Test
  void nothingOfAPeerIsHandledBeforeItIsHere() {
    Inbox inbox = new Inbox();
    List<String> handled = new ArrayList<>();
    inbox.add(Urgency.TRANSACTIONS, () -> handled.add("transactions of an old peer"));
    inbox.add(Urgency.PEERS, () -> handled.add("a new peer"));
    inbox.add(Urgency.VOTES, () -> handled.add("its vote"));
    for (int i = 0; i < 3; i++) {
      inbox.runNext();
    }
    assertThat(handled).containsExactly("a new peer", "its vote", "transactions of an old peer");
  }
}
