package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.block.DeriveSha;
import dev.klay.core.block.Header;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.execution.BlockExecutor;
import dev.klay.core.execution.BlockOutcome;
import dev.klay.core.execution.StakingInfo;
import dev.klay.core.execution.TxOutcome;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.primitive.Hash;
import java.util.Optional;
import java.util.function.LongFunction;

/** Executes a block on its parent and compares everything that the header says. */
final class BlockProcessor {
  private final ChainSpec spec;
  private final ForkUpgrades upgrades;
  private final LongFunction<Hash> ancestors;

  BlockProcessor(ChainSpec spec, ForkUpgrades upgrades, LongFunction<Hash> ancestors) {
    this.spec = spec;
    this.upgrades = upgrades;
    this.ancestors = ancestors;
  }

  /** The outcome of a block, or why it is invalid: exactly one of the two is present. */
  record Processed(Optional<Execution> execution, Optional<InvalidBlock> fault) {
    static Processed invalid(Reason reason, String detail) {
      return new Processed(Optional.empty(), HeaderRules.invalid(reason, detail));
    }
  }

  Processed process(Block block, BlockRules rules, ChainHead parent, StakingInfo staking) {
    Header header = block.header();
    int size = block.encode().size();
    if (size > spec.blockSizeMaxBytes()) {
      return Processed.invalid(
          Reason.SIZE, size + " bytes, at most " + spec.blockSizeMaxBytes() + " are allowed");
    }
    DeriveSha derive = rules.parameters().deriveSha();
    Hash transactionsRoot = block.transactionsRoot(derive);
    if (!transactionsRoot.equals(header.transactionsRoot())) {
      return differs(Reason.TRANSACTIONS_ROOT, transactionsRoot, header.transactionsRoot());
    }
    Optional<InvalidBlock> missing =
        upgrades.missing(rules).or(() -> AdjustedState.missing(header, parent, spec.sealRule()));
    if (missing.isPresent()) {
      return new Processed(Optional.empty(), missing);
    }
    BlockEnvironment environment = BlockEnvironment.of(rules, header, block.author(), ancestors);
    BlockExecutor executor = new BlockExecutor(parent.state(), environment);
    for (int i = 0; i < block.transactions().size(); i++) {
      SignedTx tx = block.transactions().get(i);
      if (tx.tx().gas() > spec.blockGasMax() - executor.gasUsed()) {
        return Processed.invalid(
            Reason.GAS_LIMIT, "transaction " + i + " may exceed " + spec.blockGasMax());
      }
      if (executor.execute(tx) instanceof TxOutcome.Refused refused) {
        return Processed.invalid(
            Reason.TRANSACTION, "number " + i + ", " + tx.hash() + ": " + refused.rejection());
      }
    }
    return compare(block, derive, executor.finish(staking, upgrades.at(rules)));
  }

  private static Processed compare(Block block, DeriveSha derive, BlockOutcome outcome) {
    Header header = block.header();
    if (outcome.gasUsed() != header.gasUsed()) {
      return differs(Reason.GAS_USED, outcome.gasUsed(), header.gasUsed());
    }
    Hash receiptsRoot = derive.root(outcome.encodedReceipts());
    if (!receiptsRoot.equals(header.receiptsRoot())) {
      return differs(Reason.RECEIPTS_ROOT, receiptsRoot, header.receiptsRoot());
    }
    if (!outcome.bloom().equals(header.bloom())) {
      return Processed.invalid(Reason.BLOOM, "is not the one of the logs");
    }
    if (!outcome.state().rootHash().equals(header.stateRoot())) {
      return differs(Reason.STATE_ROOT, outcome.state().rootHash(), header.stateRoot());
    }
    return new Processed(Optional.of(new Execution(block, outcome)), Optional.empty());
  }

  private static Processed differs(Reason reason, Object computed, Object claimed) {
    return Processed.invalid(reason, "is " + computed + ", not " + claimed);
  }
}
