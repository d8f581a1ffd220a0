package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Checks a certificate seal by seal: written apart from the production check, to judge it.
 *
 * @param genesisHash of the chain
 * @param recovery the signature scheme
 */
record SealCheck(Hash genesisHash, SignerRecovery recovery) implements Certificates {
  @Override
  public Optional<String> fault(FinalBlock block, ValidatorSet validators) {
    if (!block.certificate().blockHash().equals(block.hash())
        || block.certificate().height() != block.number()) {
      return Optional.of("the certificate is of another block");
    }
    Hash digest =
        ConsensusDigest.ofBlock(
            ConsensusDigest.COMMIT,
            genesisHash,
            block.number(),
            block.certificate().round(),
            block.hash());
    TreeSet<Address> signers = new TreeSet<>();
    for (Bytes seal : block.certificate().seals()) {
      try {
        Address signer = recovery.recover(digest, seal);
        if (!validators.contains(signer)
            || !signers.isEmpty() && signers.last().compareTo(signer) >= 0) {
          return Optional.of("a seal by " + signer + ", no validator or out of order");
        }
        signers.add(signer);
      } catch (DecodingException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
    int needed = (2 * validators.size() + 2) / 3;
    return signers.size() >= needed
        ? Optional.empty()
        : Optional.of(signers.size() + " seals, " + needed + " are needed");
  }
}
