package dev.klay.core.service;

import dev.klay.core.block.Block;
import dev.klay.core.call.Overrides;
import dev.klay.core.call.Simulation;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import java.util.Optional;

/** Simulations on the blocks of a chain: the state behind a block, and that block around it. */
final class BlockSimulations {
  private static final int ANCESTORS = 256;

  private final Chain chain;

  BlockSimulations(Chain chain) {
    this.chain = chain;
  }

  /**
   * A simulation on a block.
   *
   * @param number empty for a block that is not on the chain
   */
  Simulation at(Optional<Long> number, Overrides overrides) {
    Block block =
        number
            .flatMap(chain.store()::block)
            .orElseThrow(() -> new UnknownBlockException("there is no such block"))
            .block();
    WorldState state =
        chain
            .store()
            .state(block.number())
            .orElseThrow(
                () -> new UnknownBlockException("no state is kept for block " + block.number()));
    return new Simulation(state, environment(block), overrides, Simulation.GAS_MAX);
  }

  private BlockEnvironment environment(Block block) {
    Address author = block.number() == 0 ? Address.ZERO : block.author();
    return BlockEnvironment.of(
        rules(block.number()), block.header(), author, n -> ancestor(block.number(), n));
  }

  /** Of the parameters a call uses none that votes can change, so those of the head will do. */
  private BlockRules rules(long number) {
    ChainHead head = chain.head();
    GovernanceParameters parameters = head.governance().parameters(head.number() + 1);
    return new BlockRules(
        chain.spec().chainId(),
        number,
        chain.spec().genesis().forks(),
        parameters,
        parameters,
        chain.spec().sealRule() == SealRule.KLAY_QBFT);
  }

  private Hash ancestor(long current, long number) {
    return number < 0 || number >= current || number < current - ANCESTORS
        ? Hash.ZERO
        : chain.store().block(number).map(b -> b.block().hash()).orElse(Hash.ZERO);
  }
}
