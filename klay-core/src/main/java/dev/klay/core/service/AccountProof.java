package dev.klay.core.service;

import dev.klay.core.account.Account;
import dev.klay.core.trie.Proof;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;
import java.util.Optional;

/**
 * What an account is after a block, or that there is none, with proofs against the block's state
 * root (EIP-1186; the proven value is Klaytn's account encoding).
 *
 * @param stateRoot of the block
 * @param account empty if it does not exist
 * @param slots in the order they were asked for
 */
public record AccountProof(
    Address address,
    Hash stateRoot,
    Optional<Account> account,
    Proof proof,
    List<SlotProof> slots) {
  public AccountProof {
    slots = List.copyOf(slots);
  }

  /** A word and its proof against the account's storage root. */
  public record SlotProof(UInt256 slot, UInt256 word, Proof proof) {}
}
