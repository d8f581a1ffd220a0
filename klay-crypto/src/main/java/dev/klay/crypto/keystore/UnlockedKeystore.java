package dev.klay.crypto.keystore;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.List;

/**
 * The private keys of an opened keystore. {@link #close()} zeroes all of them; keys handed out
 * before are the same objects and close with it.
 */
public final class UnlockedKeystore implements AutoCloseable {
  private final Address address;
  private final List<List<PrivateKey>> keyring;

  UnlockedKeystore(Address address, List<List<PrivateKey>> keyring) {
    this.address = address;
    this.keyring = keyring;
  }

  /**
   * The account's address: what the file says, else that of its one key. On Klaytn it may differ
   * from the address derived from the key.
   */
  public Address address() {
    return address;
  }

  /**
   * Whether the address derives from none of the keys. That is usual for an account whose key was
   * changed. For any other account it means a damaged file: the format's checksum covers neither
   * the address nor the iv, and with another iv another key comes out.
   */
  public boolean isDecoupled() {
    return keyring.stream().flatMap(List::stream).noneMatch(key -> key.address().equals(address));
  }

  /**
   * The key of a keystore that holds exactly one.
   *
   * @throws IllegalStateException if it holds several
   */
  public PrivateKey privateKey() {
    List<PrivateKey> all = keyring.stream().flatMap(List::stream).toList();
    if (all.size() != 1) {
      throw new IllegalStateException(
          "the keystore of " + address + " holds " + all.size() + " keys; ask for those of a role");
    }
    return all.get(0);
  }

  /** The keys that the file lists for the role, in the file's order; empty if it has none. */
  public List<PrivateKey> keys(KeyRole role) {
    return role.ordinal() < keyring.size() ? keyring.get(role.ordinal()) : List.of();
  }

  /**
   * The keys that sign for the role: its own, or those of {@link KeyRole#TRANSACTION} if it has
   * none, as Klaytn's wallets do it.
   */
  public List<PrivateKey> signingKeys(KeyRole role) {
    List<PrivateKey> own = keys(role);
    return own.isEmpty() ? keys(KeyRole.TRANSACTION) : own;
  }

  /** Zeroes every key. */
  @Override
  public void close() {
    keyring.forEach(keys -> keys.forEach(PrivateKey::close));
  }

  @Override
  public String toString() {
    return "UnlockedKeystore of " + address;
  }
}
