package dev.klay.crypto.keystore;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Private keys under a password, in the file format of Ethereum (version 3, one key) or Klaytn
 * (version 4, several keys in up to three roles). Version 1 is read, never written. Immutable.
 *
 * <pre>{@code
 * Keystore.encrypt(key, password, KeystoreCost.STANDARD, random).writeTo(file);
 * try (UnlockedKeystore open = Keystore.read(file).unlock(password)) {
 *   open.privateKey().sign(digest);
 * }
 * }</pre>
 *
 * <p>Passwords are taken as UTF-8 without normalisation. They are never kept; the caller zeroes its
 * own array.
 */
public final class Keystore {
  /** The most keys of one role, as many as Klaytn's multi-signature account key allows. */
  public static final int KEYS_PER_ROLE_MAX = 10;

  private final int version;
  private final String id;
  private final @Nullable Address address;
  private final List<List<EncryptedKey>> keyring;

  /** At least one key; the keyring holds one list for each role, empty where it has no key. */
  Keystore(int version, String id, @Nullable Address address, List<List<EncryptedKey>> keyring) {
    this.version = version;
    this.id = id;
    this.address = address;
    this.keyring = keyring.stream().map(List::copyOf).toList();
  }

  /**
   * Reads a file of at most 256 KiB.
   *
   * @throws KeystoreFileException if the file cannot be read
   * @throws CorruptKeystoreException if it is no keystore
   * @throws UnsupportedKeystoreException if its kind is unknown or its cost beyond the limits
   */
  public static Keystore read(Path file) {
    return parse(KeystoreFile.read(file));
  }

  /**
   * Reads the JSON text of a keystore.
   *
   * @throws CorruptKeystoreException if it is none
   * @throws UnsupportedKeystoreException if its kind is unknown or its cost beyond the limits:
   *     scrypt up to n*r*p = 2^24 and 512 MiB, PBKDF2 up to 10 million rounds, for each key; 2^26
   *     steps for all keys together
   */
  public static Keystore parse(String json) {
    return KeystoreReader.read(json);
  }

  /** A version 3 keystore of one key; its address is that of the key. */
  public static Keystore encrypt(
      PrivateKey key, char[] password, KeystoreCost cost, SecureRandom random) {
    return encrypt(3, key.address(), List.of(List.of(key)), password, cost, random);
  }

  /**
   * A version 4 keystore: an address, which need not derive from a key, and the keys of each role
   * in signing order. A role that is absent has no key of its own. Every key takes the full cost.
   *
   * @throws IllegalArgumentException if there is no key, or a role has more than {@value
   *     #KEYS_PER_ROLE_MAX}
   */
  public static Keystore encrypt(
      Address address,
      Map<KeyRole, List<PrivateKey>> keys,
      char[] password,
      KeystoreCost cost,
      SecureRandom random) {
    List<List<PrivateKey>> keyring = new ArrayList<>();
    for (KeyRole role : KeyRole.values()) {
      List<PrivateKey> ofRole = Objects.requireNonNullElse(keys.get(role), List.of());
      if (ofRole.size() > KEYS_PER_ROLE_MAX) {
        throw new IllegalArgumentException(
            "a role has at most " + KEYS_PER_ROLE_MAX + " keys, not " + ofRole.size());
      }
      keyring.add(ofRole);
    }
    if (keyring.stream().allMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a keystore holds at least one key");
    }
    boolean roleBased = keyring.stream().skip(1).anyMatch(ofRole -> !ofRole.isEmpty());
    return encrypt(4, address, roleBased ? keyring : keyring.subList(0, 1), password, cost, random);
  }

  private static Keystore encrypt(
      int version,
      Address address,
      List<List<PrivateKey>> keyring,
      char[] password,
      KeystoreCost cost,
      SecureRandom random) {
    byte[] secret = SecretText.utf8(password);
    try {
      List<List<EncryptedKey>> encrypted = new ArrayList<>();
      for (List<PrivateKey> ofRole : keyring) {
        encrypted.add(
            ofRole.stream().map(key -> EncryptedKey.encrypt(key, secret, cost, random)).toList());
      }
      return new Keystore(version, randomId(random), address, encrypted);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** A version 4 UUID from the given source, where {@link UUID#randomUUID} has its own. */
  private static String randomId(SecureRandom random) {
    long high = random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
    long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /**
   * Decrypts every key, which takes as long as the file's cost says. Blocks and uses the memory of
   * one key's cost; do not call it on an event loop. Where the account's key was never changed,
   * check {@link UnlockedKeystore#isDecoupled()}: the format does not protect the iv.
   *
   * @throws WrongPasswordException if the password is another; nothing was decrypted
   * @throws CorruptKeystoreException if the password is right but what it opens is no private key
   */
  public UnlockedKeystore unlock(char[] password) {
    byte[] secret = SecretText.utf8(password);
    List<List<PrivateKey>> keys = new ArrayList<>();
    boolean complete = false;
    try {
      for (List<EncryptedKey> ofRole : keyring) {
        List<PrivateKey> opened = new ArrayList<>();
        keys.add(opened);
        for (EncryptedKey key : ofRole) {
          opened.add(key.decrypt(secret));
        }
      }
      complete = true;
    } finally {
      Arrays.fill(secret, (byte) 0);
      if (!complete) {
        keys.forEach(ofRole -> ofRole.forEach(PrivateKey::close));
      }
    }
    Address known = address != null ? address : keys.get(0).get(0).address();
    return new UnlockedKeystore(known, keys.stream().map(List::copyOf).toList());
  }

  /** 1, 3 or 4. */
  public int version() {
    return version;
  }

  /** The file's own identifier, mostly a UUID; empty text if it has none. */
  public String id() {
    return id;
  }

  /**
   * The address the file names, if it does; it is not authenticated by the password. A file without
   * one holds a single key.
   */
  public Optional<Address> address() {
    return Optional.ofNullable(address);
  }

  /**
   * The JSON text. Version 4 is written as Klaytn's SDKs do: a flat list of keys if all are of the
   * first role, else one list for each role.
   *
   * @throws IllegalStateException for version 1: unlock it and encrypt its key anew
   */
  public String toJson() {
    return KeystoreWriter.write(this);
  }

  /**
   * Writes a new file that only its owner may read and write, whole or not at all: a hidden
   * temporary file beside it is forced to disk and then takes the name.
   *
   * <p>Owner-only is mode 0600 from the first byte where the file system knows POSIX permissions,
   * else an access list with the owner as its only entry; where it knows neither, nothing is
   * written.
   *
   * @throws KeystoreFileException if the file exists already or cannot be written so
   */
  public void writeTo(Path file) {
    KeystoreFile.write(file, toJson(), false);
  }

  /** Like {@link #writeTo} but takes the place of an existing file, in one step. */
  public void replace(Path file) {
    KeystoreFile.write(file, toJson(), true);
  }

  /**
   * The name that Klaytn nodes give a file: {@code UTC--2019-06-24T06-44-06.101000000Z--} and the
   * address in hexadecimal.
   *
   * @throws IllegalStateException if the keystore names no address
   */
  public String fileName(Instant created) {
    if (address == null) {
      throw new IllegalStateException("this keystore names no address");
    }
    return KeystoreFile.name(created, address);
  }

  List<List<EncryptedKey>> keyring() {
    return keyring;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Keystore that
        && version == that.version
        && id.equals(that.id)
        && Objects.equals(address, that.address)
        && keyring.equals(that.keyring);
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, id, address, keyring);
  }

  @Override
  public String toString() {
    return "Keystore version " + version + (address == null ? "" : " of " + address);
  }
}
