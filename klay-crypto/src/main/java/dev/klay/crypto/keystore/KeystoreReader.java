package dev.klay.crypto.keystore;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON text to {@link Keystore}: strict about what decides the key, lenient as other readers. */
final class KeystoreReader {
  private static final int DEPTH_MAX = 16;
  private static final int ID_LENGTH_MAX = 128;

  /** For all keys of a file together: thirty at the standard cost, some half a minute. */
  static final long WORK_MAX = 1L << 26;

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(8192)
                          .maxNumberLength(32)
                          .maxDocumentLength(KeystoreFile.SIZE_BYTES_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private KeystoreReader() {}

  static Keystore read(String json) {
    JsonNode root = parse(json);
    int version = version(root);
    String id = root.path("id").asText("");
    if (id.length() > ID_LENGTH_MAX) {
      throw new CorruptKeystoreException("id is longer than " + ID_LENGTH_MAX + " characters");
    }
    Address address = address(root.get("address"));
    if (version == 4) {
      if (address == null) {
        throw new CorruptKeystoreException("a version 4 keystore needs its address");
      }
      return new Keystore(version, id, address, keyring(root.path("keyring")));
    }
    JsonNode crypto = root.has("crypto") ? root.path("crypto") : root.path("Crypto");
    KeyCipher cipher = version == 1 ? KeyCipher.AES_128_CBC : KeyCipher.AES_128_CTR;
    return new Keystore(version, id, address, List.of(List.of(key(crypto, cipher, "crypto"))));
  }

  private static JsonNode parse(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      // Without the parser's own message: it may quote the text.
      throw new CorruptKeystoreException(
          "not JSON"
              + (at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr()));
    }
    if (root == null || !root.isObject()) {
      throw new CorruptKeystoreException("a keystore is a JSON object");
    }
    return root;
  }

  private static int version(JsonNode root) {
    JsonNode version = root.path("version");
    if (version.isInt() && (version.intValue() == 3 || version.intValue() == 4)) {
      return version.intValue();
    }
    if (version.isTextual() && version.textValue().equals("1")) {
      return 1;
    }
    if (version.isMissingNode() || version.isContainerNode()) {
      throw new CorruptKeystoreException("version is missing");
    }
    throw new UnsupportedKeystoreException(
        "keystore versions 1, 3 and 4 are read, not " + shortened(version.asText()));
  }

  /** Any case, with or without 0x: writers differ, and the checksum form is one of many. */
  private static @Nullable Address address(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isTextual() && node.textValue().isEmpty()) {
      return null;
    }
    return Address.wrap(hex(node, "address", Address.SIZE).unsafeArray());
  }

  private static List<List<EncryptedKey>> keyring(JsonNode node) {
    if (!node.isArray() || node.isEmpty()) {
      throw new CorruptKeystoreException("keyring must be a list of keys");
    }
    List<List<EncryptedKey>> roles = new ArrayList<>();
    if (node.get(0).isArray()) {
      if (node.size() > KeyRole.values().length) {
        throw new CorruptKeystoreException("keyring has " + node.size() + " roles, not up to 3");
      }
      node.forEach(ofRole -> roles.add(keys(ofRole)));
    } else {
      roles.add(keys(node));
    }
    if (roles.stream().allMatch(List::isEmpty)) {
      throw new CorruptKeystoreException("keyring holds no key");
    }
    long work = roles.stream().flatMap(List::stream).mapToLong(key -> key.kdf().work()).sum();
    if (work > WORK_MAX) {
      throw new UnsupportedKeystoreException(
          "the keys together cost " + work + " steps of key derivation, beyond " + WORK_MAX);
    }
    return roles;
  }

  private static List<EncryptedKey> keys(JsonNode node) {
    if (!node.isArray()) {
      throw new CorruptKeystoreException("keyring mixes keys and lists of keys");
    }
    if (node.size() > Keystore.KEYS_PER_ROLE_MAX) {
      throw new CorruptKeystoreException(
          "a role has " + node.size() + " keys, at most 10 are allowed");
    }
    List<EncryptedKey> keys = new ArrayList<>();
    for (JsonNode each : node) {
      keys.add(key(each, KeyCipher.AES_128_CTR, "keyring"));
    }
    return keys;
  }

  private static EncryptedKey key(JsonNode crypto, KeyCipher cipher, String field) {
    if (!crypto.isObject()) {
      throw new CorruptKeystoreException(field + " is missing or no object");
    }
    if (!text(crypto, "cipher").toLowerCase(Locale.ROOT).equals(cipher.id())) {
      throw new UnsupportedKeystoreException("the cipher must be " + cipher.id());
    }
    return new EncryptedKey(
        cipher,
        hex(crypto.path("ciphertext"), "ciphertext", -1),
        hex(crypto.path("cipherparams").path("iv"), "iv", KeyCipher.IV_SIZE),
        derivation(text(crypto, "kdf"), crypto.path("kdfparams")),
        Hash.wrap(hex(crypto.path("mac"), "mac", Hash.SIZE).unsafeArray()));
  }

  private static KeyDerivation derivation(String kdf, JsonNode parameters) {
    if (!kdf.equals("scrypt") && !kdf.equals("pbkdf2")) {
      throw new UnsupportedKeystoreException(
          "the kdf must be scrypt or pbkdf2, not " + shortened(kdf));
    }
    int length = integer(parameters, "dklen");
    if (length != KeyDerivation.KEY_SIZE) {
      throw new UnsupportedKeystoreException("dklen must be 32, not " + length);
    }
    Bytes salt = hex(parameters.path("salt"), "salt", -1);
    if (kdf.equals("scrypt")) {
      return new ScryptDerivation(
          integer(parameters, "n"), integer(parameters, "r"), integer(parameters, "p"), salt);
    }
    String prf = text(parameters, "prf");
    if (!prf.equals(Pbkdf2Derivation.PRF)) {
      throw new UnsupportedKeystoreException(
          "the prf of pbkdf2 must be " + Pbkdf2Derivation.PRF + ", not " + shortened(prf));
    }
    return new Pbkdf2Derivation(integer(parameters, "c"), salt);
  }

  private static String text(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    if (!node.isTextual()) {
      throw new CorruptKeystoreException(field + " is missing or no text");
    }
    return node.textValue();
  }

  private static int integer(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    if (!node.isIntegralNumber()) {
      throw new CorruptKeystoreException(field + " is missing or no integer");
    }
    if (!node.canConvertToInt()) {
      throw new UnsupportedKeystoreException(field + " is too large: " + node);
    }
    return node.intValue();
  }

  /** Hexadecimal bytes; of this many if the size is not negative. */
  private static Bytes hex(JsonNode node, String field, int size) {
    if (!node.isTextual()) {
      throw new CorruptKeystoreException(field + " is missing or no text");
    }
    byte[] bytes;
    try {
      bytes = Hex.decode(node.textValue());
    } catch (DecodingException e) {
      throw new CorruptKeystoreException(field + " is not hexadecimal");
    }
    if (size >= 0 && bytes.length != size) {
      throw new CorruptKeystoreException(
          field + " has " + bytes.length + " bytes, it must have " + size);
    }
    return Bytes.wrap(bytes);
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
