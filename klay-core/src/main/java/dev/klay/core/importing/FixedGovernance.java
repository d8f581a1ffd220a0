package dev.klay.core.importing;

import dev.klay.core.block.Header;
import dev.klay.core.config.GovernanceParameters;
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
  public Optional<String> check(Header next, Address author) {
    return next.vote().isEmpty() && next.governance().isEmpty()
        ? Optional.empty()
        : Optional.of("vote and governance data must be empty");
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
