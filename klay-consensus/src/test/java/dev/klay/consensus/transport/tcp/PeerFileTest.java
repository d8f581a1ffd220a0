package dev.klay.consensus.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.NodeRole;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerFileTest {
  private static final Address ONE = Neighbour.key(1).address();
  private static final Address TWO = Neighbour.key(2).address();

  @Test
  void whatIsWrittenIsRead() {
    List<PeerAddress> peers =
        List.of(
            new PeerAddress(
                "Node01", NodeRole.CONSENSUS, ONE, Optional.of(new Endpoint("10.0.0.1", 32323))),
            new PeerAddress(
                "Node02", NodeRole.CONSENSUS, TWO, Optional.of(new Endpoint("fe80::1", 1))),
            new PeerAddress(
                "Ranger01", NodeRole.RANGER, Neighbour.key(3).address(), Optional.empty()));
    assertThat(PeerFile.parse(PeerFile.format(peers))).isEqualTo(peers);
  }

  @Test
  void commentsAndEmptyLinesDoNotCount() {
    String text = "# the network\n\n  Node01\tCONSENSUS " + ONE + "  host.example:1 # first\n";
    assertThat(PeerFile.parse(text))
        .containsExactly(
            new PeerAddress(
                "Node01", NodeRole.CONSENSUS, ONE, Optional.of(new Endpoint("host.example", 1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Node01 consensus",
        "Node01 chief %s 10.0.0.1:1",
        "Node01 consensus 0x12 10.0.0.1:1",
        "Node01 consensus %s 10.0.0.1",
        "Node01 consensus %s 10.0.0.1:70000",
        "Node01 consensus %s :1",
        "Node01 consensus %s fe80::1:1",
        "Node01 consensus %s 10.0.0.1:1 more"
      })
  void aWrongLineIsNamed(String line) {
    String text = "# comment\n" + line.formatted(ONE);
    assertThatThrownBy(() -> PeerFile.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 2 of the peers");
  }

  @Test
  void noPeerIsThereTwice() {
    String text = "A consensus " + ONE + " -\nB ranger " + ONE + " -\n";
    assertThatThrownBy(() -> PeerFile.parse(text)).hasMessageContaining("twice");
  }
}
