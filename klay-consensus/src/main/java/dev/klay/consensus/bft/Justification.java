package dev.klay.consensus.bft;

import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The predicates of {@code consensus.md} section 6. Signers are counted, never messages. */
class Justification {
  private final long height;
  private final ValidatorSet validators;
  private final Rules rules;

  Justification(long height, ValidatorSet validators, Rules rules) {
    this.height = height;
    this.validators = validators;
    this.rules = rules;
  }

  /** A round change for exactly this round, whose claim is of an earlier one. */
  boolean isValid(RoundChange change, int round) {
    return change.height() == height
        && change.round() == round
        && round >= 1
        && validators.contains(change.author())
        && change.claim().map(claim -> claim.round() >= 0 && claim.round() < round).orElse(true);
  }

  /** Whether these are prepares of a quorum for the block in the round, and nothing else. */
  boolean isPrepareQuorum(List<Prepare> prepares, int round, Hash hash) {
    TreeSet<Address> signers = new TreeSet<>();
    for (Prepare prepare : prepares) {
      boolean fits =
          prepare.height() == height
              && prepare.round() == round
              && prepare.hash().equals(hash)
              && validators.contains(prepare.author());
      if (!fits) {
        return false;
      }
      signers.add(prepare.author());
    }
    return signers.size() >= rules.quorum(validators);
  }

  /** Whether the claim of a round change is proven by its attachments; one without always is. */
  boolean isJustified(RoundChange change) {
    return change
        .claim()
        .map(claim -> isPrepareQuorum(change.prepares(), claim.round(), claim.hash()))
        .orElse(true);
  }

  /** Whether the proposal may be made in its round, whatever its block says. */
  boolean isJustified(Proposal proposal) {
    if (proposal.round() == 0) {
      return proposal.roundChanges().isEmpty() && proposal.prepares().isEmpty();
    }
    TreeSet<Address> signers = new TreeSet<>();
    for (RoundChange change : proposal.roundChanges()) {
      if (!isValid(change, proposal.round()) || !signers.add(change.author())) {
        return false;
      }
    }
    if (signers.size() < rules.quorum(validators)) {
      return false;
    }
    Optional<Integer> highest =
        proposal.roundChanges().stream()
            .flatMap(change -> change.claim().stream())
            .map(PreparedClaim::round)
            .max(Comparator.naturalOrder());
    if (highest.isEmpty()) {
      return proposal.prepares().isEmpty();
    }
    PreparedClaim due = new PreparedClaim(highest.orElseThrow(), proposal.hash());
    return proposal.roundChanges().stream().anyMatch(c -> c.claim().filter(due::equals).isPresent())
        && isPrepareQuorum(proposal.prepares(), due.round(), due.hash());
  }
}
