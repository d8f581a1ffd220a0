package dev.klay.crypto.proof;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;

/**
 * A sealed header that proves by itself that its block is final, for who knows the chain's genesis
 * hash and the validators of that height. Needs no node and no chain state.
 *
 * @param genesisHash of the chain
 * @param header RLP of the header with its committed seals
 */
public record FinalityProof(Hash genesisHash, Bytes header) {
  /**
   * Whether a quorum of these validators sealed the block.
   *
   * @param validators the validators of the block's height, in any order
   */
  public boolean verify(List<Address> validators) {
    return findFault(validators).isEmpty();
  }

  /** Why the proof does not hold, empty if it does. */
  public Optional<String> findFault(List<Address> validators) {
    try {
      return SealedHeader.decode(header).certificate().findFault(genesisHash, validators);
    } catch (DecodingException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The hash of the proven block. */
  public Hash blockHash() {
    return SealedHeader.decode(header).hash(SealRule.KLAY_QBFT);
  }

  /** The height of the proven block. */
  public long height() {
    return SealedHeader.decode(header).number();
  }
}
