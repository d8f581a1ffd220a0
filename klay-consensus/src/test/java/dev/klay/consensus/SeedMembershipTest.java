package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.klay.consensus.metrics.Metrics;
import dev.klay.consensus.transport.tcp.DropCause;
import dev.klay.consensus.transport.tcp.Endpoint;
import dev.klay.consensus.transport.tcp.PeerAddress;
import dev.klay.core.config.Ballot;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.service.BlockRef;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.primitive.Address;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * S34, over real sockets: a partner applies, its node is refused until a quorum of members approved
 * it, counts from a block that is known beforehand, and is out once its approval is revoked.
 */
@Timeout(240)
class SeedMembershipTest {
  private static final long EPOCH = 20;

  @TempDir private Path directory = Path.of("");

  private final List<KlayNode> nodes = new ArrayList<>();

  private static ChainSpec spec() {
    ChainSpec aspen = ChainSpec.aspen().withValidators(4).withBlockPeriod(Duration.ofMillis(100));
    Genesis genesis = aspen.genesis();
    Map<GovernanceKey, JsonNode> epoch = Map.of(GovernanceKey.EPOCH, LongNode.valueOf(EPOCH));
    return aspen.withGenesis(genesis.withParameters(genesis.parameters().with(epoch)));
  }

  private static List<PeerAddress> members(ChainSpec spec) throws IOException {
    List<PeerAddress> members = new ArrayList<>();
    List<ServerSocket> reserved = new ArrayList<>();
    for (Address validator : spec.validators()) {
      ServerSocket socket = new ServerSocket(0);
      reserved.add(socket);
      members.add(
          new PeerAddress(
              spec.validatorName(validator).orElseThrow(),
              NodeRole.CONSENSUS,
              validator,
              Optional.of(new Endpoint("127.0.0.1", socket.getLocalPort()))));
    }
    for (ServerSocket socket : reserved) {
      socket.close();
    }
    return members;
  }

  private KlayNode start(ChainSpec spec, List<PeerAddress> members, Address identity) {
    NodeBuilder builder =
        KlayNode.of(spec)
            .name(spec.validatorName(identity).orElse("Partner"))
            .signer(DevKeys.ofValidator(identity).orElseThrow())
            .storage(Storage.directory(directory.resolve(identity.toString())))
            .peers(members);
    members.stream()
        .filter(member -> member.identity().equals(identity))
        .flatMap(member -> member.endpoint().stream())
        .forEach(builder::listen);
    KlayNode node = builder.start();
    nodes.add(node);
    return node;
  }

  private long strangers(int member) {
    return nodes
        .get(member)
        .metrics()
        .counts(Metrics.Event.DROP)
        .getOrDefault(DropCause.STRANGER.name(), 0L);
  }

  @Tag("S34")
  @Test
  void aPartnerIsRefusedThenApprovedThenRevoked() throws Exception {
    ChainSpec spec = spec();
    List<PeerAddress> members = members(spec);
    Address applicant =
        DevKeys.validatorAddresses(5).stream()
            .filter(address -> !spec.validators().contains(address))
            .findFirst()
            .orElseThrow();
    try {
      spec.validators().forEach(validator -> start(spec, members, validator));
      KlayNode first = nodes.get(0);
      KlayNetwork.awaitHeight(first.service(), 2);

      // applies: whatever it dials says that it is a stranger, and it has nobody to follow
      KlayNode partner = start(spec, members, applicant);
      Await.until("members refuse it by name of the reason", () -> strangers(0) > 0);
      Await.until("it is told", () -> partner.metrics().count(Metrics.Event.DROP) > 0);
      assertThat(partner.status().peers()).isZero();
      assertThat(partner.head().number()).isZero();

      // approved: three of four are a quorum
      nodes.subList(0, 3).forEach(node -> node.cast(Ballot.add(applicant)));
      long effective = borderAfterQuorum(first, applicant, true);
      assertThat(effective % EPOCH).isZero();
      KlayNetwork.awaitHeight(partner.service(), effective + 1);
      assertThat(councilOf(first, effective)).doesNotContain(applicant);
      assertThat(councilOf(first, effective + 1)).contains(applicant);
      assertThat(partner.status().peers()).isPositive();
      Await.until(
          "it takes its turn",
          () ->
              first.explorer().latestBlocks(10).stream()
                  .anyMatch(block -> block.author().equals(applicant)));

      // revoked
      List<KlayNode> old = List.copyOf(nodes.subList(0, 4));
      old.forEach(node -> node.cast(Ballot.remove(applicant)));
      long out = borderAfterQuorum(first, applicant, false);
      assertThat(out % EPOCH).isZero();
      assertThat(councilOf(first, out + 1)).doesNotContain(applicant);
      long before = strangers(0);
      Await.until("its links end", () -> partner.status().peers() == 0);
      Await.until("it is a stranger again", () -> strangers(0) > before);
      assertThat(first.evidence()).isEmpty();
    } finally {
      nodes.forEach(KlayNode::close);
    }
  }

  /** The block of the epoch's end at which the council is another. */
  private static long borderAfterQuorum(KlayNode node, Address member, boolean present) {
    for (long height = node.head().number(); height < 2_000; height++) {
      KlayNetwork.awaitHeight(node.service(), height + 1);
      if (node.head().governance().validators().contains(member) == present) {
        long head = node.head().number();
        return head - head % EPOCH;
      }
    }
    throw new AssertionError(member + " did not " + (present ? "come" : "go"));
  }

  private static List<Address> councilOf(KlayNode node, long height) {
    KlayNetwork.awaitHeight(node.service(), height);
    return node.service()
        .block(BlockRef.number(height))
        .join()
        .orElseThrow()
        .block()
        .header()
        .extraData()
        .validators();
  }
}
