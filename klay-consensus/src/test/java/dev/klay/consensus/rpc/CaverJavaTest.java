package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.crypto.keystore.KeyRole;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.keystore.WalletKey;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.project.MavenProject;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * caver-java 1.12 in a process of its own, against a node that seals on demand. Needs Maven, and
 * Maven Central or what it has cached; skipped where either is missing.
 */
@Tag("clients")
class CaverJavaTest {
  private static final Path PLACE = Path.of("target", "caver-java");
  private static final MavenProject PROJECT =
      new MavenProject(Path.of("src", "test", "caver-java"), PLACE);
  private static final int ACCOUNTS = 4;
  private static final String PASSWORD = "correct-horse-1";
  private static final int CHECKS_MIN = 50;

  private final List<PrivateKey> keys =
      IntStream.rangeClosed(1, ACCOUNTS).mapToObj(i -> PrivateKey.fromHex(hex(i))).toList();

  @AfterEach
  void forget() {
    keys.forEach(PrivateKey::close);
  }

  @Tag("S20")
  @Tag("S22")
  @Test
  @Timeout(500)
  void caverJavaJustWorks() throws IOException, InterruptedException {
    PROJECT.install();
    ChainSpec spec =
        ChainSpec.development()
            .withAccounts(keys.stream().map(PrivateKey::address).toList(), Amount.klay(10_000));
    try (KlayNode node =
        KlayNode.of(spec)
            .unlocked(new UnlockedAccounts(keys.subList(0, 1)))
            .poolLimits(PoolLimits.DEFAULT.withAnchoring())
            .rpc(0)
            .start()) {
      Path settings = PLACE.resolve("settings.json");
      Files.writeString(settings, settings(node.rpcAddresses().get(0).getPort()).toString());
      List<String> lines = PROJECT.run(240, "dev.klay.caver.CaverJava", "settings.json");
      assertThat(lines).noneMatch(line -> line.startsWith("not ok"));
      assertThat(lines).contains("done, 0 failed");
      assertThat(lines.stream().filter(line -> line.startsWith("ok ")))
          .hasSizeGreaterThan(CHECKS_MIN);
    }
    assertCaversKeystoresOpen();
  }

  private static String hex(int number) {
    return "0x" + "0".repeat(60) + String.format("%04x", 0x2000 + number);
  }

  private ObjectNode settings(int port) throws IOException {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("http", "http://127.0.0.1:" + port);
    settings.put("ws", "ws://127.0.0.1:" + port);
    settings.put("chainId", ChainSpec.ASPEN_CHAIN_ID);
    settings.set(
        "counter",
        new ObjectMapper().readTree(Path.of("src", "test", "node", "Counter.json").toFile()));
    ArrayNode secrets = settings.putArray("keys");
    IntStream.rangeClosed(1, ACCOUNTS).forEach(i -> secrets.add(hex(i)));
    PrivateKey owner = keys.get(1);
    ObjectNode keystores = settings.putObject("keystores");
    keystores.put("password", PASSWORD);
    keystores.put("address", owner.address().toHex());
    keystores.put("walletKey", new String(new WalletKey(owner, owner.address()).format()));
    keystores.put(
        "v3",
        Keystore.encrypt(owner, PASSWORD.toCharArray(), KeystoreCost.LIGHT, new SecureRandom())
            .toJson());
    keystores.put("v4", v4(Map.of(KeyRole.TRANSACTION, keys.subList(1, 2))));
    keystores.put("several", v4(Map.of(KeyRole.TRANSACTION, keys.subList(0, 3))));
    keystores.put("roles", v4(roles()));
    return settings;
  }

  private Map<KeyRole, List<PrivateKey>> roles() {
    return Map.of(
        KeyRole.TRANSACTION, keys.subList(0, 1),
        KeyRole.ACCOUNT_UPDATE, keys.subList(1, 3),
        KeyRole.FEE_PAYER, keys.subList(3, 4));
  }

  private String v4(Map<KeyRole, List<PrivateKey>> roles) {
    return Keystore.encrypt(
            keys.get(1).address(),
            roles,
            PASSWORD.toCharArray(),
            KeystoreCost.LIGHT,
            new SecureRandom())
        .toJson();
  }

  private void assertCaversKeystoresOpen() {
    for (String single : List.of("v3", "v4", "pbkdf2")) {
      assertHolds(single, Map.of(KeyRole.TRANSACTION, keys.subList(1, 2)));
    }
    assertHolds("several", Map.of(KeyRole.TRANSACTION, keys.subList(0, 3)));
    assertHolds("roles", roles());
  }

  private void assertHolds(String name, Map<KeyRole, List<PrivateKey>> expected) {
    Path file = PLACE.resolve("caver-" + name + ".json");
    try (UnlockedKeystore unlocked = Keystore.read(file).unlock(PASSWORD.toCharArray())) {
      assertThat(unlocked.address()).isEqualTo(keys.get(1).address());
      expected.forEach(
          (role, of) ->
              assertThat(unlocked.keys(role).stream().map(PrivateKey::address))
                  .containsExactlyElementsOf(of.stream().map(PrivateKey::address).toList()));
    }
  }
}
