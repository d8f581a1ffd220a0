package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;

/**
 * Checks the random reveal of a header from the Randao fork on (KIP-114): a BLS12-381 signature of
 * the proposer over the block's number. Called by one thread at a time; must depend on its
 * arguments alone, and never fail.
 */
@FunctionalInterface
public interface RandaoVerifier {
  /** Takes every reveal of the right length; the mix hash is checked all the same. */
  RandaoVerifier UNCHECKED = (proposer, header, parent) -> Optional.empty();

  /**
   * Why the reveal is not the proposer's, empty if it is.
   *
   * @param header of the next block; its reveal has 96 bytes
   * @param parent the end of the chain in front of it
   */
  Optional<String> findFault(Address proposer, Header header, ChainHead parent);

  /**
   * Is told of the next blocks of an import, so that it can do work on several cores that {@link
   * #findFault} would do on one. Their proposers are known, nothing else about them is.
   *
   * @param head the end of the chain at this moment
   */
  default void lookAhead(List<Block> blocks, ChainHead head) {}
}
