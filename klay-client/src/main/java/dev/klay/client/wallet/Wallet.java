package dev.klay.client.wallet;

import dev.klay.client.Account;
import dev.klay.client.BatchReport;
import dev.klay.client.FeeLimit;
import dev.klay.client.KlayClient;
import dev.klay.client.Payment;
import dev.klay.client.contract.Token;
import dev.klay.core.account.AccountKey;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.PasswordPolicy;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A person's account on a chain, made in three steps: a password, a keystore file, the private key
 * shown once.
 *
 * <pre>{@code
 * try (NewWallet fresh = Wallet.create(password, PasswordPolicy.aspen())) {
 *   fresh.keystore().writeTo(file);
 *   show(fresh.revealPrivateKey());
 * }
 * try (Wallet wallet = Wallet.open(client, Keystore.read(file), password)) {
 *   wallet.send(friend, Amount.klay("1"), FeeLimit.of("0.001"));
 * }
 * }</pre>
 */
public final class Wallet implements AutoCloseable {
  private static final int KLAY_DECIMALS = 18;

  private final PrivateKey key;
  private final Account account;
  private final HeldTokens tokens;

  Wallet(KlayClient client, Address address, PrivateKey key) {
    this.key = key;
    this.account = client.account(address, key);
    this.tokens = new HeldTokens(client, address);
  }

  /**
   * Makes a new account. Takes about a second: the keystore is costly to guess.
   *
   * @param password stays the caller's; wipe it when done
   * @throws dev.klay.crypto.keystore.WeakPasswordException naming each rule that it breaks
   */
  public static NewWallet create(char[] password, PasswordPolicy policy) {
    return create(password, policy, KeystoreCost.STANDARD);
  }

  /** As {@link #create(char[], PasswordPolicy)}, with another cost of guessing. */
  public static NewWallet create(char[] password, PasswordPolicy policy, KeystoreCost cost) {
    policy.require(password);
    SecureRandom random = new SecureRandom();
    PrivateKey key = PrivateKey.generate(random);
    return new NewWallet(Keystore.encrypt(key, password, cost, random), key);
  }

  /**
   * Opens a keystore file of this library, geth, web3j, caver or Klaytn's wallet.
   *
   * @throws dev.klay.crypto.keystore.WrongPasswordException if the password is not the file's
   * @throws DamagedKeystoreException if its key cannot be the account's
   */
  public static Wallet open(KlayClient client, Keystore keystore, char[] password) {
    try (UnlockedKeystore unlocked = keystore.unlock(password)) {
      if (unlocked.isDecoupled()) {
        ensureOwned(client, unlocked);
      }
      byte[] secret = unlocked.privateKey().exportSecret();
      try {
        return new Wallet(client, unlocked.address(), PrivateKey.of(secret));
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }

  /** The checksum of a keystore misses some damage; the chain knows whose key it must be. */
  private static void ensureOwned(KlayClient client, UnlockedKeystore unlocked) {
    Address address = unlocked.address();
    AccountKey registered =
        client
            .accountState(address)
            .map(dev.klay.core.account.Account::key)
            .orElse(AccountKey.LEGACY);
    if (!registered.contains(unlocked.privateKey().publicKey(), address)) {
      throw new DamagedKeystoreException(address);
    }
  }

  /** The address, shown with its checksum by {@code toString}. */
  public Address address() {
    return account.address();
  }

  public Amount balance() {
    return account.balance();
  }

  /** Moves an amount and waits until that is final. */
  public Receipt send(Address to, Amount amount) {
    return account.send(to, amount);
  }

  /**
   * Moves an amount if the fee is within the limit, and waits until that is final.
   *
   * @throws dev.klay.client.FeeLimitExceededException if it is not; nothing was sent
   */
  public Receipt send(Address to, Amount amount, FeeLimit limit) {
    return account.send(to, amount, limit);
  }

  /**
   * Makes all of these payments, with nonces in a row; the report says if one was not made.
   *
   * @throws dev.klay.client.InsufficientFundsException if the wallet cannot pay for all; nothing
   *     was sent
   */
  public BatchReport sendAll(List<Payment> payments) {
    return account.sendAll(payments);
  }

  /**
   * Moves units of a token and waits until that is final; KLAY moves only by the fee.
   *
   * @param units smallest ones: {@code token.units("2.5")}
   * @throws dev.klay.client.Reverted if the token refuses; nothing was sent
   */
  public Receipt send(Token token, Address to, UInt256 units) {
    return token.transfer(account, to, units);
  }

  /** As {@link #send(Token, Address, UInt256)}, if the fee is within the limit. */
  public Receipt send(Token token, Address to, UInt256 units, FeeLimit limit) {
    return token.transfer(account.withFeeLimit(limit), to, units);
  }

  /** Has {@link #assets} list a token though the wallet was never sent any. */
  public void watch(Token token) {
    tokens.watch(token);
  }

  /**
   * KLAY, and every token that the wallet was sent, that its owner named, or that the chain's
   * partners issued, each with what the wallet holds.
   */
  public List<Asset> assets() {
    List<Asset> assets = new ArrayList<>();
    assets.add(new Asset("KLAY", KLAY_DECIMALS, balance().peb(), Optional.empty()));
    assets.addAll(tokens.assets());
    return assets;
  }

  /** The account behind the wallet, for whatever else a client can send. */
  public Account account() {
    return account;
  }

  /** Forgets the key. */
  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "wallet " + address();
  }
}
