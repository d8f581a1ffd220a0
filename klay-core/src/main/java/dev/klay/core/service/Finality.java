package dev.klay.core.service;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.proof.FinalityProof;
import java.util.List;
import java.util.Optional;

/**
 * Why a block can never be replaced: the committed seals of a quorum of validators.
 *
 * @param proof empty for the genesis block, which is final by definition
 */
public record Finality(Optional<FinalityProof> proof) {
  /** Always true: there are no other blocks here. */
  public boolean isFinal() {
    return true;
  }

  /** The validators whose seals they are, ascending; none for the genesis block. */
  public List<Address> signers() {
    return proof.map(FinalityProof::signers).orElse(List.of());
  }

  /** Whether the seals are of a quorum of these validators, checked here and now. */
  public boolean verify(List<Address> validators) {
    return proof.map(p -> p.findFault(validators).isEmpty()).orElse(true);
  }
}
