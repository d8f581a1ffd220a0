package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.validator.ValidatorSet;
import java.util.Optional;

/** How a chain judges certificates. */
interface Certificates {
  /** Why the certificate does not make the block final; empty if it does. */
  Optional<String> fault(FinalBlock block, ValidatorSet validators);
}
