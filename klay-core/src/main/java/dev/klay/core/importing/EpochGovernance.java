package dev.klay.core.importing;

import dev.klay.core.block.Header;
import dev.klay.core.config.Ballot;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Our own chains: parameters of the genesis for ever, validators by {@link EpochCouncil}. An epoch
 * block's governance field is RLP of the list of the next epoch's validators, every other block's
 * is empty: that is what a follower reads to skip from epoch to epoch.
 */
record EpochGovernance(EpochCouncil council, GovernanceParameters parameters)
    implements Governance {
  @Override
  public List<Address> validators() {
    return council.validators();
  }

  @Override
  public GovernanceParameters parameters(long number) {
    return parameters;
  }

  @Override
  public GovernanceParameters rewardParameters(long number) {
    return parameters;
  }

  @Override
  public Optional<String> check(Header next, Address author) {
    Optional<Ballot> ballot;
    try {
      ballot = ballotOf(next, author);
    } catch (DecodingException e) {
      return Optional.of("vote: " + e.getMessage());
    }
    Bytes due = governanceField(next.number(), author, ballot);
    return next.governance().equals(due)
        ? Optional.empty()
        : Optional.of("governance data is " + due + ", not " + next.governance());
  }

  /** What the next header's governance field must be. */
  Bytes governanceField(long number, Address author, Optional<Ballot> ballot) {
    return council.isEpochBlock(number) ? encode(council.decided(author, ballot)) : Bytes.EMPTY;
  }

  private static Bytes encode(List<Address> validators) {
    return RlpWriter.encodeList(w -> validators.forEach(w::address));
  }

  private static Optional<Ballot> ballotOf(Header header, Address author) {
    return header.vote().isEmpty()
        ? Optional.empty()
        : Optional.of(Ballot.decode(header.vote(), author));
  }

  /** Ballots, and the end of every epoch in which one passed may wait for its turn. */
  @Override
  public LongStream replayed(long last, List<Long> ballots) {
    return ballots.stream().mapToLong(Long::longValue).filter(n -> n > 0 && n <= last);
  }

  @Override
  public Governance after(Header imported, Address author) {
    EpochCouncil next = council.after(imported.number(), author, ballotOf(imported, author));
    return new EpochGovernance(next, parameters);
  }
}
