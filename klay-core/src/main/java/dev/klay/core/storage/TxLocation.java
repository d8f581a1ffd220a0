package dev.klay.core.storage;

/**
 * Where a transaction stands.
 *
 * @param index in its block, from 0
 */
public record TxLocation(long blockNumber, int index) implements Comparable<TxLocation> {
  @Override
  public int compareTo(TxLocation other) {
    int byBlock = Long.compare(blockNumber, other.blockNumber);
    return byBlock != 0 ? byBlock : Integer.compare(index, other.index);
  }
}
