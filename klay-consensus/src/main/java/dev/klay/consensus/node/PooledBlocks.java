package dev.klay.consensus.node;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.wire.BlockFormat;
import dev.klay.core.block.Block;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.SealRule;
import java.util.List;

/**
 * Reads blocks, and takes from the pool those of their transactions that are there: their signers
 * are known already. A transaction's hash covers all of its bytes.
 */
public record PooledBlocks(TxPool pool) implements BlockFormat {
  @Override
  public ProposedBlock decode(Bytes encoded) {
    return known((ChainBlock) ChainBlock.FORMAT.decode(encoded));
  }

  @Override
  public FinalBlock decodeSealed(Bytes encoded) {
    FinalBlock read = ChainBlock.FORMAT.decodeSealed(encoded);
    return new FinalBlock(known((ChainBlock) read.block()), read.certificate());
  }

  private ChainBlock known(ChainBlock read) {
    Block block = read.block();
    if (block.transactions().isEmpty()) {
      return read;
    }
    List<SignedTx> transactions =
        block.transactions().stream().map(tx -> pool.find(tx.hash()).orElse(tx)).toList();
    return new ChainBlock(Block.of(SealRule.KLAY_QBFT, block.header(), transactions));
  }
}
