package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Hash;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What this node signed of the open height, by round: the image of its ledger. Nothing that
 * contradicts it is ever signed, and whoever signs something else with this key is a twin.
 */
final class SignedVotes {
  final TreeMap<Integer, Hash> proposals = new TreeMap<>();
  final TreeMap<Integer, Hash> prepares = new TreeMap<>();
  final TreeMap<Integer, Hash> commits = new TreeMap<>();
  private final TreeMap<Integer, Optional<PreparedClaim>> changes = new TreeMap<>();

  void add(Message message) {
    if (message instanceof Proposal proposal) {
      proposals.put(proposal.round(), proposal.hash());
    } else if (message instanceof Prepare prepare) {
      prepares.put(prepare.round(), prepare.hash());
    } else if (message instanceof Commit commit) {
      commits.put(commit.round(), commit.hash());
    } else if (message instanceof RoundChange change) {
      changes.put(change.round(), change.claim());
    } else {
      throw new AssertionError("a message that nobody signs: " + message);
    }
  }

  /** Whether this node signed exactly that. */
  boolean contains(Message message) {
    if (message instanceof Proposal proposal) {
      return proposal.hash().equals(proposals.get(proposal.round()));
    } else if (message instanceof Prepare prepare) {
      return prepare.hash().equals(prepares.get(prepare.round()));
    } else if (message instanceof Commit commit) {
      return commit.hash().equals(commits.get(commit.round()));
    }
    return ((RoundChange) message).claim().equals(changes.get(message.round()));
  }

  boolean isEmpty() {
    return proposals.isEmpty() && prepares.isEmpty() && commits.isEmpty() && changes.isEmpty();
  }

  /** The highest round this node asked for, 0 if none. */
  int roundChange() {
    return changes.isEmpty() ? 0 : changes.lastKey();
  }
}
