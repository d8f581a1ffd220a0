package dev.klay.consensus.node;

import dev.klay.consensus.bft.BftConfig;
import dev.klay.consensus.bft.BftMachine;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.bft.Parent;
import dev.klay.consensus.validator.ValidatorSet;
import java.util.Optional;

/** Makes the machine of a node; the simulator's own test makes broken ones. */
public interface MachineFactory {
  BftMachine create(
      BftConfig config, Optional<MessageSigner> signer, Parent parent, ValidatorSet validators);
}
