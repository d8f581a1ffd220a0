package dev.klay.core.evm;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;

/**
 * What code can see of the transaction it runs for.
 *
 * @param origin the sender
 * @param feePayer Klaytn's: who pays, the sender if nobody else
 * @param gasPrice charged for a unit of gas
 * @param hash of the transaction
 * @param blobHashes versioned hashes (EIP-4844)
 */
public record TxContext(
    Address origin, Address feePayer, UInt256 gasPrice, Hash hash, List<Hash> blobHashes) {
  public TxContext {
    blobHashes = List.copyOf(blobHashes);
  }
}
