package dev.klay.caver;

import static dev.klay.caver.Checks.equal;
import static dev.klay.caver.Checks.failure;
import static dev.klay.caver.Checks.sameText;
import static dev.klay.caver.Checks.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.klaytn.caver.wallet.keyring.AbstractKeyring;
import com.klaytn.caver.wallet.keyring.KeyStore;
import com.klaytn.caver.wallet.keyring.KeyStoreOption;
import com.klaytn.caver.wallet.keyring.KeyringFactory;
import com.klaytn.caver.wallet.keyring.MultipleKeyring;
import com.klaytn.caver.wallet.keyring.PrivateKey;
import com.klaytn.caver.wallet.keyring.RoleBasedKeyring;
import com.klaytn.caver.wallet.keyring.SingleKeyring;
import java.io.File;
import java.util.Arrays;
import java.util.List;

/** Keystores of both versions and wallet keys, from Klay to caver-java and back. */
final class Keystores {
  private final ObjectMapper mapper = new ObjectMapper();
  private final JsonNode ours;
  private final String password;
  private final String address;
  private final List<String> keys;

  Keystores(JsonNode settings) {
    ours = settings.get("keystores");
    password = ours.get("password").asText();
    address = ours.get("address").asText();
    keys =
        mapper.convertValue(
            settings.get("keys"),
            mapper.getTypeFactory().constructCollectionType(List.class, String.class));
  }

  void check(Checks checks) {
    checks.check("keystores of Klay, version 3 and 4", this::oursOpen);
    checks.check("a wrong password", this::wrongPassword);
    checks.check("wallet keys", this::walletKeys);
    checks.check("keystores for Klay, version 3 and 4", this::theirsAreWritten);
  }

  private void oursOpen() throws Exception {
    for (String version : List.of("v3", "v4")) {
      SingleKeyring single = (SingleKeyring) open(version);
      sameText(address, single.getAddress());
      equal(keys.get(1), single.getKey().getPrivateKey());
    }
    MultipleKeyring several = (MultipleKeyring) open("several");
    equal(keys.subList(0, 3), secrets(several.getKeys()));
    RoleBasedKeyring roles = (RoleBasedKeyring) open("roles");
    equal(keys.subList(0, 1), secrets(roles.getKeyByRole(0)));
    equal(keys.subList(1, 3), secrets(roles.getKeyByRole(1)));
    equal(keys.subList(3, 4), secrets(roles.getKeyByRole(2)));
  }

  private void wrongPassword() {
    Exception failure =
        failure(() -> KeyringFactory.decrypt(ours.get("v4").asText(), password + "!"));
    that(failure.getMessage().contains("password"), failure);
  }

  private void walletKeys() {
    SingleKeyring key = KeyringFactory.createFromKlaytnWalletKey(ours.get("walletKey").asText());
    equal(keys.get(1), key.getKey().getPrivateKey());
    sameText(ours.get("walletKey").asText(), key.getKlaytnWalletKey());
  }

  private void theirsAreWritten() throws Exception {
    SingleKeyring single = KeyringFactory.createFromPrivateKey(keys.get(1));
    write("v3", single.encryptV3(password));
    write("v4", single.encrypt(password));
    write("pbkdf2", single.encrypt(password, KeyStoreOption.getDefaultOptionWithKDF("pbkdf2")));
    write(
        "several",
        KeyringFactory.createWithMultipleKey(address, keys.subList(0, 3).toArray(new String[0]))
            .encrypt(password));
    write(
        "roles",
        KeyringFactory.createWithRoleBasedKey(
                address,
                List.of(
                    new String[] {keys.get(0)},
                    new String[] {keys.get(1), keys.get(2)},
                    new String[] {keys.get(3)}))
            .encrypt(password));
  }

  private AbstractKeyring open(String name) throws Exception {
    return KeyringFactory.decrypt(ours.get(name).asText(), password);
  }

  private void write(String name, KeyStore keystore) throws Exception {
    mapper.writeValue(new File("caver-" + name + ".json"), keystore);
  }

  private static List<String> secrets(PrivateKey[] keys) {
    return Arrays.stream(keys).map(PrivateKey::getPrivateKey).toList();
  }
}
