package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.block.DeriveSha;
import dev.klay.core.block.Header;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.execution.BlockExecutor;
import dev.klay.core.execution.BlockOutcome;
import dev.klay.core.execution.Rejection;
import dev.klay.core.execution.StakingInfo;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.Seals;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Makes the next block from transactions that wait. */
final class BlockBuilder {
  /** Room for a header and the list prefixes around the transactions. */
  private static final int OVERHEAD_BYTES = 4096;

  private final ChainSpec spec;
  private final ForkUpgrades upgrades;
  private final LongFunction<Hash> ancestors;

  BlockBuilder(ChainSpec spec, ForkUpgrades upgrades, LongFunction<Hash> ancestors) {
    this.spec = spec;
    this.upgrades = upgrades;
    this.ancestors = ancestors;
  }

  BuiltBlock build(
      ChainHead parent,
      BlockRules rules,
      StakingInfo staking,
      Proposal proposal,
      Iterator<SignedTx> candidates) {
    upgrades
        .missing(rules)
        .ifPresent(
            fault -> {
              throw new IllegalStateException(fault.toString());
            });
    BlockEnvironment environment =
        new BlockEnvironment(
            rules,
            proposal.author(),
            proposal.rewardBase(),
            proposal.timestampMillis() / 1000,
            HeaderRules.nextBaseFee(rules, parent.header()).orElse(Amount.ZERO),
            UInt256.fromBytes(parent.hash().toArray()),
            ancestors);
    BlockExecutor executor = new BlockExecutor(parent.state(), environment);
    Map<SignedTx, Rejection> refused = fill(executor, proposal, candidates);
    BlockOutcome outcome = executor.finish(staking, upgrades.at(rules));
    Block block = seal(parent, rules, proposal, outcome);
    return new BuiltBlock(new Execution(block, outcome), refused);
  }

  private Map<SignedTx, Rejection> fill(
      BlockExecutor executor, Proposal proposal, Iterator<SignedTx> candidates) {
    Map<SignedTx, Rejection> refused = new LinkedHashMap<>();
    int room = spec.blockSizeMaxBytes() - OVERHEAD_BYTES;
    // The first is always tried, or a block that is late from the start would be for nothing.
    while (candidates.hasNext() && (executor.count() == 0 || !proposal.enough().getAsBoolean())) {
      SignedTx tx = candidates.next();
      if (tx.encode().size() > room || tx.tx().gas() > spec.blockGasMax() - executor.gasUsed()) {
        break;
      }
      if (executor.execute(tx) instanceof TxOutcome.Refused no) {
        refused.put(tx, no.rejection());
      } else {
        room -= tx.encode().size();
      }
    }
    return refused;
  }

  private Block seal(ChainHead parent, BlockRules rules, Proposal proposal, BlockOutcome outcome) {
    List<SignedTx> transactions = new ArrayList<>();
    outcome.executed().forEach(executed -> transactions.add(executed.transaction()));
    DeriveSha derive = rules.parameters().deriveSha();
    ExtraData extra =
        new ExtraData(
            AdjustedState.vanity(parent), parent.governance().validators(), Bytes.EMPTY, List.of());
    Header header =
        new Header(
            parent.hash(),
            proposal.rewardBase(),
            outcome.state().rootHash(),
            derive.root(transactions.stream().map(SignedTx::encode).toList()),
            derive.root(outcome.encodedReceipts()),
            outcome.bloom(),
            UInt256.ONE,
            parent.number() + 1,
            outcome.gasUsed(),
            proposal.timestampMillis() / 1000,
            (int) (proposal.timestampMillis() % 1000 / 10),
            extra.encode(),
            governanceField(parent, proposal),
            proposal.ballot().map(b -> b.encode(proposal.author())).orElse(Bytes.EMPTY),
            HeaderRules.nextBaseFee(rules, parent.header()),
            Optional.empty(),
            Optional.empty());
    Bytes seal = Seals.propose(proposal.key(), header.signingHash(spec.sealRule()));
    return Block.of(spec.sealRule(), header.withExtra(extra.withProposerSeal(seal)), transactions);
  }

  private static Bytes governanceField(ChainHead parent, Proposal proposal) {
    return parent.governance() instanceof EpochGovernance epochs
        ? epochs.governanceField(parent.number() + 1, proposal.author(), proposal.ballot())
        : Bytes.EMPTY;
  }
}
