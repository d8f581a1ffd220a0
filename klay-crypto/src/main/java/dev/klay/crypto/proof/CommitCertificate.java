package dev.klay.crypto.proof;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The committed seals that make a block final under {@link SealRule#KLAY_QBFT}, {@code
 * consensus.md} section 7.
 *
 * @param height of the block
 * @param round in which the seals were given
 * @param blockHash the sealed block
 * @param seals 65 bytes each, signers strictly ascending
 */
public record CommitCertificate(long height, int round, Hash blockHash, List<Bytes> seals) {
  public CommitCertificate {
    seals = List.copyOf(seals);
  }

  /**
   * Checks every seal against the validators of the height: at least a quorum, each low-s and by a
   * validator, signers strictly ascending and so distinct.
   *
   * @param validators the validators of this height, in any order
   * @return the reason for refusal, empty if the certificate is valid
   */
  public Optional<String> findFault(Hash genesisHash, List<Address> validators) {
    int quorum = Quorum.size(validators.size());
    if (seals.size() < quorum) {
      return Optional.of(seals.size() + " committed seals, " + quorum + " are needed");
    }
    if (seals.size() > validators.size()) {
      return Optional.of("more committed seals than validators: " + seals.size());
    }
    List<Address> signers;
    try {
      signers = signers(genesisHash);
    } catch (DecodingException e) {
      return Optional.of("bad committed seal: " + e.getMessage());
    }
    HashSet<Address> members = new HashSet<>(validators);
    Address previous = null;
    for (Address signer : signers) {
      if (!members.contains(signer)) {
        return Optional.of("committed seal by " + signer + ", which is no validator");
      }
      if (previous != null && previous.compareTo(signer) >= 0) {
        return Optional.of("committed seals are not in ascending order of distinct signers");
      }
      previous = signer;
    }
    return Optional.empty();
  }

  /**
   * Who made the seals, in their order.
   *
   * @throws DecodingException on a malformed or high-s seal
   */
  public List<Address> signers(Hash genesisHash) {
    Hash digest =
        ConsensusDigest.ofBlock(ConsensusDigest.COMMIT, genesisHash, height, round, blockHash);
    List<Address> signers = new ArrayList<>(seals.size());
    for (Bytes seal : seals) {
      Signature signature = Signature.decode(seal);
      if (!signature.isLowS()) {
        throw new DecodingException("high s in committed seal " + seal);
      }
      signers.add(signature.recoverAddress(digest));
    }
    return signers;
  }
}
