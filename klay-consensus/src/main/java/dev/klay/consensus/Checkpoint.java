package dev.klay.consensus;

import dev.klay.core.importing.Chain;
import dev.klay.core.storage.ForeignStoreException;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Hash;
import java.util.Optional;

/**
 * A block that an operator knows to be on the chain, from another node of his or from a partner. A
 * node that is told of it takes no other block at that height, whatever seals it has: so keys of
 * validators that left long ago, and were lost since, cannot make it follow another past.
 *
 * @param height of the block
 * @param hash of the block
 */
public record Checkpoint(long height, Hash hash) {
  public Checkpoint {
    if (height < 1) {
      throw new IllegalArgumentException(
          "a checkpoint is behind the genesis block, not at " + height);
    }
  }

  /**
   * Reads {@code HEIGHT:HASH}, the height in decimal digits and the hash as {@code 0x} and 64
   * hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Checkpoint parse(String text) {
    int colon = text.indexOf(':');
    try {
      return new Checkpoint(
          Long.parseLong(text.substring(0, Math.max(0, colon))),
          Hash.fromHex(text.substring(colon + 1)));
    } catch (NumberFormatException | DecodingException e) {
      throw new IllegalArgumentException(
          "a checkpoint is HEIGHT:HASH, as 5000:0x and 64 hexadecimal digits, not " + text, e);
    }
  }

  /** Why a block cannot be on this chain; empty if it can. */
  public Optional<String> faultOf(long number, Hash blockHash) {
    return number == height && !blockHash.equals(hash)
        ? Optional.of("block " + height + " is " + blockHash + ", the checkpoint says " + hash)
        : Optional.empty();
  }

  /** Makes sure that what a node has already is the chain of the checkpoint. */
  void check(Chain chain) {
    if (chain.head().number() >= height) {
      Hash stored = chain.store().block(height).orElseThrow().block().hash();
      faultOf(height, stored)
          .ifPresent(
              fault -> {
                throw new ForeignStoreException(
                    fault + ": one of the two is of another chain; ask others which");
              });
    }
  }
}
