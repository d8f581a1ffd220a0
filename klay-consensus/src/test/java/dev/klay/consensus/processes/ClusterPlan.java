package dev.klay.consensus.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceKey;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a network of processes consists of.
 *
 * @param candidates consensus nodes that do not validate yet; their places follow the validators'
 * @param rangers whose places come last
 * @param epoch blocks from one set of validators to the next
 */
record ClusterPlan(int validators, int candidates, int rangers, Duration period, long epoch) {
  static ClusterPlan of(int validators) {
    return new ClusterPlan(validators, 0, 0, Duration.ofMillis(200), 600);
  }

  ClusterPlan withCandidates(int count) {
    return new ClusterPlan(validators, count, rangers, period, epoch);
  }

  ClusterPlan withRangers(int count) {
    return new ClusterPlan(validators, candidates, count, period, epoch);
  }

  ClusterPlan withPeriod(Duration newPeriod) {
    return new ClusterPlan(validators, candidates, rangers, newPeriod, epoch);
  }

  ClusterPlan withEpoch(long blocks) {
    return new ClusterPlan(validators, candidates, rangers, period, blocks);
  }

  /** Validators and candidates, in the order of their places. */
  List<Address> consensusNodes() {
    List<Address> all = new ArrayList<>(DevKeys.validatorAddresses(validators));
    DevKeys.validatorAddresses(validators + candidates).stream()
        .filter(address -> !all.contains(address))
        .toList()
        .forEach(all::add);
    return all;
  }

  ChainSpec spec(List<Address> rich) {
    ChainSpec spec =
        ChainSpec.aspen()
            .withValidators(validators)
            .withBlockPeriod(period)
            .withAccounts(rich, Amount.klay(1000));
    Genesis genesis = spec.genesis();
    Map<GovernanceKey, JsonNode> epochs = Map.of(GovernanceKey.EPOCH, LongNode.valueOf(epoch));
    return spec.withGenesis(genesis.withParameters(genesis.parameters().with(epochs)));
  }
}
