package dev.klay.examples.aspen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.transport.tcp.PeerAddress;
import dev.klay.consensus.transport.tcp.PeerFile;
import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.UnlockedKeystore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InitCommandTest {
  private static int init(Path out) {
    CommandLine command = AspenLauncher.commandLine();
    command.setOut(new PrintWriter(new StringWriter(), true));
    command.setErr(new PrintWriter(new StringWriter(), true));
    return command.execute(
        "init", "--nodes", "2", "--rangers", "1", "--out", out.toString(), "--light");
  }

  @Test
  void aNetworkIsWrittenDownOnceWithKeysForTheirOwnersOnly(@TempDir Path directory)
      throws IOException {
    Path out = directory.resolve("net");
    assertThat(init(out)).isZero();

    ChainSpec chain = ChainSpec.parse(Files.readString(out.resolve("genesis.json")));
    List<PeerAddress> peers = PeerFile.read(out.resolve("peers.txt"));
    assertThat(peers).extracting(PeerAddress::name).containsExactly("Node01", "Node02", "Ranger01");
    assertThat(peers.subList(0, 2)).extracting(PeerAddress::identity).isEqualTo(chain.validators());
    for (PeerAddress peer : peers) {
      Path key = out.resolve(peer.name()).resolve("key.json");
      Path password = key.resolveSibling("password");
      try (UnlockedKeystore opened = Keystore.read(key).unlock(NodeMode.readPassword(password))) {
        assertThat(opened.address()).isEqualTo(peer.identity());
      }
      for (Path secret : List.of(key, password)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
            .isEqualTo("rw-------");
      }
    }
    assertThat(init(out)).isEqualTo(CommandLine.ExitCode.USAGE);
  }
}
