package dev.klay.consensus.bft;

import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.Optional;

/** What happens to the machine. */
public sealed interface Event {
  /** A message came; its signature was checked. */
  record MessageReceived(Message message) implements Event {}

  record TimerFired(TimerId timer) implements Event {}

  /**
   * The answer to {@link Effect.Build}.
   *
   * @param block empty if none could be built
   */
  record BlockBuilt(long height, int round, Optional<ProposedBlock> block) implements Event {}

  /**
   * The answer to {@link Effect.Validate}.
   *
   * @param fault why the block is invalid, whatever the time; empty if it is valid
   */
  record BlockValidated(long height, Hash hash, Optional<String> fault) implements Event {}

  /**
   * A final block is durably on the chain, by {@link Effect.Import} or by sync.
   *
   * @param validators of the next height
   */
  record BlockImported(Parent head, ValidatorSet validators) implements Event {}

  /**
   * The node may sign from this height on: its ledger is complete from there.
   *
   * @param fromHeight the open height or a later one
   */
  record SigningAllowed(long fromHeight) implements Event {}

  /** There is something to put into a block. */
  record WorkPending() implements Event {}

  record PeerUp(Address validator) implements Event {}

  record PeerDown(Address validator) implements Event {}

  /** A validator told what it knows; it came over the connection of {@code peer}. */
  record StatusReceived(Address peer, Status status) implements Event {}
}
