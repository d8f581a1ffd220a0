package dev.klay.examples.aspen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.KlayClient;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** S36: the test network becomes the real one. */
@Tag("S36")
class PromoteCommandTest {
  private static final Address ME = Address.parse("0x" + "77".repeat(20));

  @TempDir private Path directory = Path.of("");

  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void theOldNetworkLives() throws IOException {
    ChainSpec old = ChainSpec.development();
    Files.writeString(directory.resolve("genesis.json"), old.toJson());
    try (KlayNode node =
        KlayNode.of(old).storage(Storage.directory(directory.resolve("chain"))).start()) {
      KlayClient.of(node).faucet().drip(ME);
    }
  }

  private int promote(String... more) {
    CommandLine command = AspenLauncher.commandLine();
    command.setErr(new PrintWriter(errors, true));
    command.setOut(new PrintWriter(new StringWriter(), true));
    String[] flags = {
      "promote",
      "--genesis=" + directory.resolve("genesis.json"),
      "--out=" + directory.resolve("next")
    };
    String[] all = Arrays.copyOf(flags, flags.length + more.length);
    System.arraycopy(more, 0, all, flags.length, more.length);
    return command.execute(all);
  }

  @Test
  void aMainChainBeginsWithWhatTheTestNetworkEndedWith() throws IOException {
    try (PrivateKey validator = PrivateKey.generate(new SecureRandom())) {
      int code =
          promote(
              "--data=" + directory.resolve("chain"),
              "--chain-id=8217",
              "--name=cypress",
              "--main",
              "--validators=" + validator.address());
      assertThat(errors.toString()).isEmpty();
      assertThat(code).isZero();
      Path next = directory.resolve("next");
      ChainSpec main =
          ChainSpec.parse(Files.readString(next.resolve("genesis.json")))
              .withState(PromoteCommand.read(next.resolve("state")));
      assertThat(main.kind()).isEqualTo(NetworkKind.MAIN);
      assertThat(main.name()).isEqualTo("cypress");
      try (KlayNode node = KlayNode.of(main).signer(validator).start()) {
        KlayClient client = KlayClient.of(node);
        assertThat(client.info().chainId()).isEqualTo(8217);
        assertThat(client.balance(ME)).isEqualTo(Amount.klay(1_000));
        assertThat(client.supply()).isEqualTo(Amount.klay(1_000)); // what the faucet had is gone
      }
    }
  }

  @Test
  void whatCannotBeIsSaidAndLeavesTheOldChainAlone() {
    assertThat(promote("--data=" + directory.resolve("nowhere"), "--chain-id=5")).isEqualTo(2);
    assertThat(errors.toString()).contains("no directory");
    assertThat(promote("--data=" + directory.resolve("chain"), "--chain-id=1000")).isEqualTo(1);
    assertThat(errors.toString()).contains("chainId");
  }
}
