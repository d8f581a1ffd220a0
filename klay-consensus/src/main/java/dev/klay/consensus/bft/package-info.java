/**
 * The protocol {@code klay-qbft/1} as a pure machine: {@link dev.klay.consensus.bft.BftMachine} is
 * fed one event and answers with effects in the order in which they must be performed. It reads no
 * clock, opens nothing, starts nothing and logs nothing.
 *
 * <p>The protocol is QBFT with the changes that {@code consensus.md} section 0 lists. A height is
 * decided in rounds, each with a leader:
 *
 * <ol>
 *   <li>PROPOSAL: the leader proposes a block. In round 0 that needs no justification. In a later
 *       round it carries a quorum of ROUND_CHANGEs; if one of them claims a block that was prepared
 *       in an earlier round, the leader must propose the block with the highest such round again,
 *       and proves the claim with the quorum of PREPAREs behind it.
 *   <li>PREPARE: whoever executed the block and found it valid says so, once per round. A quorum of
 *       PREPAREs makes a node prepared: it remembers the block, the round and the quorum.
 *   <li>COMMIT: a prepared node signs the committed seal, which binds chain, height, round and
 *       hash. A quorum of seals of one round is the certificate; the block is final.
 *   <li>ROUND_CHANGE: a node whose round timer ran out asks for the next round and tells what it is
 *       prepared for. f+1 such requests carry others along.
 * </ol>
 *
 * <p>Everything signed is preceded by an effect that persists it, so a driver that performs effects
 * in order never sends what a restart could contradict.
 */
@NullMarked
package dev.klay.consensus.bft;

import org.jspecify.annotations.NullMarked;
