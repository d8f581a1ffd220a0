package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Anti-entropy: telling what is known, and sending what another lacks (section 10.3). */
final class StatusExchange {
  private static final int FRAMES_MAX = 64;

  private StatusExchange() {}

  static Status statusOf(Height height) {
    BitSet prepares = new BitSet();
    BitSet commits = new BitSet();
    BitSet changes = new BitSet();
    for (Message vote : height.messages.votes(height.round)) {
      (vote instanceof Prepare ? prepares : commits).set(height.validators.indexOf(vote.author()));
    }
    for (RoundChange change : height.messages.newestRoundChanges()) {
      if (change.round() >= height.round && !lacksBlock(height, change)) {
        changes.set(height.validators.indexOf(change.author()));
      }
    }
    return new Status(
        height.number(),
        height.parent.hash(),
        height.round,
        height.candidate != null,
        prepares,
        commits,
        changes);
  }

  /** Whether the other is in a later round, or has messages of the round that this node lacks. */
  static boolean hasMore(Height height, Status other) {
    if (other.round() != height.round) {
      return other.round() > height.round;
    }
    Status ours = statusOf(height);
    return other.proposalSeen() && !ours.proposalSeen()
        || isMore(other.prepares(), ours.prepares())
        || isMore(other.commits(), ours.commits())
        || isMore(other.roundChanges(), ours.roundChanges());
  }

  private static boolean isMore(BitSet theirs, BitSet ours) {
    BitSet more = (BitSet) theirs.clone();
    more.andNot(ours);
    return !more.isEmpty();
  }

  /** What this node has of the height and the other lacks, own messages and others'. */
  static List<Message> missing(Height height, Address peer, Status other) {
    List<Message> found = new ArrayList<>();
    boolean sameRound = other.round() == height.round;
    if (height.candidate != null && !(sameRound && other.proposalSeen())) {
      found.add(height.candidate);
    }
    if (other.round() <= height.round) {
      for (RoundChange change : height.messages.newestRoundChanges()) {
        if (!(sameRound && isSet(height, other.roundChanges(), change.author()))) {
          found.add(forPeer(height, change, peer));
        }
      }
    }
    for (Message vote : height.messages.votes(height.round)) {
      BitSet has = vote instanceof Prepare ? other.prepares() : other.commits();
      if (!(sameRound && isSet(height, has, vote.author()))) {
        found.add(vote);
      }
    }
    if (!sameRound && other.round() < height.round) {
      height.messages.votes(other.round()).stream()
          .filter(Commit.class::isInstance)
          .forEach(found::add);
    }
    return found.subList(0, Math.min(FRAMES_MAX, found.size()));
  }

  /** A leader that cannot propose the claimed block again asks for the round change once more. */
  private static boolean lacksBlock(Height height, RoundChange change) {
    return height.isLeader()
        && change.block().isEmpty()
        && change.claim().filter(c -> height.blocks.find(c.hash()).isEmpty()).isPresent();
  }

  /** Only the leader of its round needs the block that a round change claims. */
  private static RoundChange forPeer(Height height, RoundChange change, Address peer) {
    return height.leader(change.round()).equals(peer) ? change : change.withoutBlock();
  }

  private static boolean isSet(Height height, BitSet bits, Address author) {
    return bits.get(height.validators.indexOf(author));
  }
}
