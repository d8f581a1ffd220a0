package dev.klay.core.importing;

import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;

/**
 * Checks the random reveal of a header from the Randao fork on (KIP-114): a BLS12-381 signature of
 * the proposer over the block's number. The proposer's public key stands in the contract of
 * KIP-113, which the registry names. Called by one thread at a time; must depend on its arguments
 * alone.
 */
@FunctionalInterface
public interface RandaoVerifier {
  /** Takes every reveal of the right length; the mix hash is checked all the same. */
  RandaoVerifier UNCHECKED = (proposer, message, reveal, parent) -> true;

  /**
   * Whether the reveal is the proposer's signature.
   *
   * @param message 32 bytes, see {@link dev.klay.core.istanbul.Randao#message}
   * @param reveal 96 bytes
   * @param parent the state after the parent block
   */
  boolean isValid(Address proposer, Bytes message, Bytes reveal, WorldState parent);
}
