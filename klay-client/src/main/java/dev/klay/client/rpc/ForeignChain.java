package dev.klay.client.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.Header;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.config.ProposerPolicy;
import dev.klay.core.json.BlockReader;
import dev.klay.crypto.proof.SealRule;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a client must know of a Klaytn network whose nodes are not ours. Rules and parameters are
 * the usual ones, for nothing in a client depends on them; there is no faucet, and it counts as one
 * of real value.
 */
final class ForeignChain {
  private static final int BLOCK_PERIOD_MILLIS = 1000;
  private static final int BLOCK_SIZE_MAX = 8 << 20;
  private static final long BLOCK_GAS_MAX = 500_000_000;

  private ForeignChain() {}

  static ChainSpec spec(long chainId, JsonNode genesisHeader) {
    Header header = BlockReader.header(genesisHeader, SealRule.ISTANBUL);
    Genesis genesis =
        new Genesis(
            chainId,
            ForkSchedule.allFromGenesis(Fork.CANCUN),
            GovernanceParameters.DEFAULT,
            header.time(),
            header.extra(),
            header.blockScore(),
            new TreeMap<>(),
            Optional.empty());
    return new ChainSpec(
        "chain " + chainId,
        NetworkKind.MAIN,
        genesis,
        SealRule.ISTANBUL,
        ProposerPolicy.ROUND_ROBIN,
        BLOCK_PERIOD_MILLIS,
        BLOCK_PERIOD_MILLIS,
        0,
        BLOCK_SIZE_MAX,
        BLOCK_GAS_MAX,
        Optional.empty());
  }
}
