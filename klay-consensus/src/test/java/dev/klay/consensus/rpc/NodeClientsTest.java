package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.project.NodeProject;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The clients that people use: ethers 6, viem, web3.js 4 and caver-js 1.12, against a node that
 * seals on demand. Needs Node.js, and npm's registry or what it has cached; skipped where either is
 * missing. Nothing is installed but below target.
 */
@Tag("clients")
class NodeClientsTest {
  private static final Path PLACE = Path.of("target", "node-clients");
  private static final NodeProject PROJECT = new NodeProject(Path.of("src", "test", "node"), PLACE);
  private static final int ACCOUNTS = 6;
  private static final String PASSWORD = "correct-horse-1";

  /** Of all four clients together. */
  private static final int CHECKS_MIN = 50;

  @Test
  @Timeout(400)
  void theClientsOfOthersJustWork() throws IOException, InterruptedException {
    PROJECT.install();
    List<PrivateKey> keys = new ArrayList<>();
    for (int i = 1; i <= ACCOUNTS; i++) {
      keys.add(key(i));
    }
    ChainSpec spec =
        ChainSpec.development()
            .withAccounts(keys.stream().map(PrivateKey::address).toList(), Amount.klay(10_000));
    try (KlayNode node =
        KlayNode.of(spec).unlocked(new UnlockedAccounts(keys.subList(0, 1))).rpc(0).start()) {
      Path settings = PLACE.resolve("settings.json");
      Files.writeString(
          settings, settings(node.rpcAddresses().get(0).getPort(), keys.get(1)).toString());
      List<String> lines = PROJECT.run(300, Map.of(), "node", "clients.mjs", "settings.json", ".");
      assertThat(lines).noneMatch(line -> line.startsWith("not ok"));
      assertThat(lines.stream().filter(line -> line.startsWith("ok ")))
          .hasSizeGreaterThan(CHECKS_MIN);
      for (String client : List.of("ethers", "web3", "caver")) {
        assertReadable(PLACE.resolve(client + ".json"), keys.get(1));
      }
    }
    keys.forEach(PrivateKey::close);
  }

  private static PrivateKey key(int number) {
    return PrivateKey.fromHex(hex(number));
  }

  private static String hex(int number) {
    return "0x" + "0".repeat(60) + String.format("%04x", 0x1000 + number);
  }

  private static ObjectNode settings(int port, PrivateKey key) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("http", "http://127.0.0.1:" + port);
    settings.put("ws", "ws://127.0.0.1:" + port);
    settings.put("chainId", ChainSpec.ASPEN_CHAIN_ID);
    ArrayNode keys = settings.putArray("keys");
    for (int i = 1; i <= ACCOUNTS; i++) {
      keys.add(hex(i));
    }
    ObjectNode keystores = settings.putObject("keystores");
    keystores.put(
        "ours",
        Keystore.encrypt(key, PASSWORD.toCharArray(), KeystoreCost.LIGHT, new SecureRandom())
            .toJson());
    keystores.put("password", PASSWORD);
    keystores.put("address", key.address().toHex());
    return settings;
  }

  private static void assertReadable(Path file, PrivateKey key) {
    try (UnlockedKeystore unlocked = Keystore.read(file).unlock(PASSWORD.toCharArray())) {
      assertThat(unlocked.address()).isEqualTo(key.address());
    }
  }
}
