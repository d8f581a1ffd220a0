package dev.klay.consensus.bft;

import dev.klay.crypto.primitive.Hash;
import java.util.BitSet;

/**
 * What a node knows of the height it decides, so that others can send what it lacks.
 *
 * @param height being decided
 * @param headHash of the block before
 * @param proposalSeen whether it has the proposal of its round
 * @param prepares by validator index: whose PREPARE of its round it has
 * @param commits by validator index: whose COMMIT of its round it has
 * @param roundChanges by validator index: whose ROUND_CHANGE of its round or later it has
 */
public record Status(
    long height,
    Hash headHash,
    int round,
    boolean proposalSeen,
    BitSet prepares,
    BitSet commits,
    BitSet roundChanges) {
  public Status {
    prepares = (BitSet) prepares.clone();
    commits = (BitSet) commits.clone();
    roundChanges = (BitSet) roundChanges.clone();
  }
}
