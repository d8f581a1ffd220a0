package dev.klay.core.importing;

import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.RandaoRegistry;
import dev.klay.core.execution.RegistryContract;
import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.primitive.Bytes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * What a fork changes in the state at the end of its first block, after the reward: Randao installs
 * the registry contract where the genesis file names one. A chain that needs the contract's code
 * and was not given it stops in front of the fork and says so, and so does one that moves
 * treasuries (KIP-103, KIP-160).
 */
final class ForkUpgrades {
  private static final Consumer<StateUpdater> NOTHING = state -> {};

  private final Optional<RandaoRegistry> registry;
  private final SortedMap<Long, String> rebalances;

  ForkUpgrades(Genesis genesis) {
    this.registry = genesis.registry();
    this.rebalances = genesis.rebalances();
  }

  /** What keeps the block from being executed here, empty if nothing. */
  Optional<InvalidBlock> missing(BlockRules rules) {
    String rebalance = rebalances.get(rules.number());
    if (rebalance != null) {
      return HeaderRules.invalid(
          InvalidBlock.Reason.REBALANCE,
          "this block moves treasuries by " + rebalance + ", which this program does not do");
    }
    if (!installs(rules)) {
      return Optional.empty();
    }
    Optional<Bytes> code = registry.flatMap(RandaoRegistry::code);
    if (code.isEmpty()) {
      return HeaderRules.invalid(
          InvalidBlock.Reason.RANDAO,
          "this block installs the registry contract of KIP-149: put its runtime code, whose"
              + " Keccak-256 is "
              + RegistryContract.CODE_HASH
              + ", into the genesis file as config.randaoRegistry.code");
    }
    return RegistryContract.isRightCode(code.orElseThrow())
        ? Optional.empty()
        : HeaderRules.invalid(
            InvalidBlock.Reason.RANDAO,
            "config.randaoRegistry.code is not the code whose Keccak-256 is "
                + RegistryContract.CODE_HASH);
  }

  /** The change of the state; the block has passed {@link #missing}. */
  Consumer<StateUpdater> at(BlockRules rules) {
    return installs(rules)
        ? state -> {
          RandaoRegistry known = registry.orElseThrow();
          RegistryContract.install(state, known, known.code().orElseThrow());
        }
        : NOTHING;
  }

  private boolean installs(BlockRules rules) {
    long first = rules.forks().firstBlock(Fork.RANDAO).orElse(-1);
    return registry.isPresent() && first > 0 && rules.number() == first;
  }
}
