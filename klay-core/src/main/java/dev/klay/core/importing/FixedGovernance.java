package dev.klay.core.importing;

import dev.klay.core.block.Header;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Validators and parameters of a genesis, for ever; headers carry no vote. */
record FixedGovernance(List<Address> validators, GovernanceParameters parameters)
    implements Governance {
  FixedGovernance {
    validators = validators.stream().sorted().toList();
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
  public List<Address> validators(long number) {
    return validators;
  }

  @Override
  public Optional<InvalidBlock> check(Header next, Address author) {
    if (!next.vote().isEmpty()) {
      return HeaderRules.invalid(Reason.VOTE, "must be empty");
    }
    return next.governance().isEmpty()
        ? Optional.empty()
        : HeaderRules.invalid(Reason.GOVERNANCE, "data must be empty");
  }

  @Override
  public LongStream replayed(long last, List<Long> ballots) {
    return LongStream.empty();
  }

  @Override
  public Governance after(Header imported, Address author) {
    return this;
  }
}
