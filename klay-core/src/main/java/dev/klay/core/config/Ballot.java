package dev.klay.core.config;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;

/**
 * A validator's wish that another comes or goes. In a header it has the form of a Klaytn vote
 * ({@link GovernanceVote}) with one address of 20 bytes.
 *
 * @param target who is to come or go
 * @param adds whether it is to come
 */
public record Ballot(Address target, boolean adds) {
  public static Ballot add(Address target) {
    return new Ballot(target, true);
  }

  public static Ballot remove(Address target) {
    return new Ballot(target, false);
  }

  /** The header's vote field. */
  public Bytes encode(Address voter) {
    String key = adds ? GovernanceVote.ADD_VALIDATOR : GovernanceVote.REMOVE_VALIDATOR;
    return new GovernanceVote(voter, key, Bytes.wrap(target.toArray()), false).encode();
  }

  /**
   * Reads a header's vote field.
   *
   * @param voter must be who votes
   * @throws DecodingException if it is anything but one voter's ballot on one validator
   */
  public static Ballot decode(Bytes field, Address voter) {
    GovernanceVote vote = GovernanceVote.decode(field);
    if (!vote.validator().equals(voter)) {
      throw new DecodingException("vote by " + vote.validator() + " in a block of " + voter);
    }
    List<Address> targets = vote.concernsValidators() ? vote.targets() : List.of();
    if (targets.size() != 1) {
      throw new DecodingException("a vote is on one validator");
    }
    Ballot ballot = new Ballot(targets.get(0), vote.isAddition());
    if (!ballot.encode(voter).equals(field)) {
      throw new DecodingException("the vote is not written in the one lawful form");
    }
    return ballot;
  }
}
