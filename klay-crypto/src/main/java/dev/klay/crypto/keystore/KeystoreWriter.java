package dev.klay.crypto.keystore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.crypto.primitive.Hex;
import java.util.List;

/** {@link Keystore} to JSON text; hexadecimal without 0x, as Ethereum's and Klaytn's nodes do. */
final class KeystoreWriter {
  private KeystoreWriter() {}

  static String write(Keystore keystore) {
    if (keystore.version() == 1) {
      throw new IllegalStateException("a version 1 keystore is read only; encrypt its key anew");
    }
    ObjectNode root = KeystoreReader.JSON.createObjectNode();
    root.put("version", keystore.version());
    root.put("id", keystore.id());
    keystore.address().ifPresent(a -> root.put("address", Hex.encode(a.unsafeArray())));
    List<List<EncryptedKey>> keyring = keystore.keyring();
    if (keystore.version() == 3) {
      key(root.putObject("crypto"), keyring.get(0).get(0));
    } else if (keyring.size() == 1) {
      keys(root.putArray("keyring"), keyring.get(0));
    } else {
      ArrayNode roles = root.putArray("keyring");
      keyring.forEach(ofRole -> keys(roles.addArray(), ofRole));
    }
    try {
      return KeystoreReader.JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of texts and numbers has a JSON form", e);
    }
  }

  private static void keys(ArrayNode target, List<EncryptedKey> keys) {
    keys.forEach(key -> key(target.addObject(), key));
  }

  private static void key(ObjectNode target, EncryptedKey key) {
    target.put("cipher", key.cipher().id());
    target.put("ciphertext", Hex.encode(key.ciphertext().unsafeArray()));
    target.putObject("cipherparams").put("iv", Hex.encode(key.iv().unsafeArray()));
    boolean scrypt = key.kdf() instanceof ScryptDerivation;
    target.put("kdf", scrypt ? "scrypt" : "pbkdf2");
    ObjectNode parameters = target.putObject("kdfparams").put("dklen", KeyDerivation.KEY_SIZE);
    if (key.kdf() instanceof ScryptDerivation kdf) {
      parameters.put("n", kdf.n()).put("r", kdf.r()).put("p", kdf.p());
    } else if (key.kdf() instanceof Pbkdf2Derivation kdf) {
      parameters.put("c", kdf.rounds()).put("prf", Pbkdf2Derivation.PRF);
    }
    parameters.put("salt", Hex.encode(key.kdf().salt().unsafeArray()));
    target.put("mac", Hex.encode(key.mac().unsafeArray()));
  }
}
