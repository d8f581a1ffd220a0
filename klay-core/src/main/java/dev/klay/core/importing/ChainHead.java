package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.state.WorldState;
import dev.klay.core.system.ContractReads;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;

/**
 * The end of a chain at one moment. Immutable: whoever holds it reads one consistent state, however
 * many blocks are imported meanwhile.
 *
 * @param governance of the next block
 * @param supply genesis plus minted minus burnt
 */
public record ChainHead(Block block, WorldState state, Governance governance, Amount supply) {
  public long number() {
    return block.number();
  }

  public Hash hash() {
    return block.hash();
  }

  public Header header() {
    return block.header();
  }

  /** Asks contracts behind this block. Block hashes are zero to them. */
  ContractReads contracts(ChainSpec spec) {
    return contracts(spec, header(), state);
  }

  /** The same behind a block that is this one or an earlier one of the chain. */
  ContractReads contracts(ChainSpec spec, Header header, WorldState behind) {
    long number = header.number();
    BlockRules rules =
        new BlockRules(
            spec.chainId(),
            number,
            spec.genesis().forks(),
            governance.parameters(number),
            governance.rewardParameters(number),
            false);
    return new ContractReads(
        behind, BlockEnvironment.of(rules, header, Address.ZERO, ancestor -> Hash.ZERO));
  }
}
