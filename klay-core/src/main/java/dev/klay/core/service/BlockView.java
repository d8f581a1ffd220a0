package dev.klay.core.service;

import dev.klay.core.block.Block;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.time.Instant;

/**
 * A final block as users see it.
 *
 * @param proposer the proposer's name such as Node01, else its address
 * @param author the proposer's address; zero for the genesis block
 * @param supply of all KLAY after the block
 */
public record BlockView(
    Block block, String proposer, Address author, Amount supply, Finality finality) {
  public long height() {
    return block.number();
  }

  public Hash hash() {
    return block.hash();
  }

  public Instant time() {
    return Instant.ofEpochMilli(block.header().timestampMillis());
  }

  public int transactionCount() {
    return block.transactions().size();
  }

  public long gasUsed() {
    return block.header().gasUsed();
  }

  @Override
  public String toString() {
    return "block " + height() + " by " + proposer + ", " + transactionCount() + " transactions";
  }
}
