package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.klay.core.config.Ballot;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.GovernanceKey;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.proof.FinalityProof;
import dev.klay.crypto.proof.TrustedCouncil;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real nodes with real blocks: validators come and go by ballot, and proofs lead across. */
class MembershipTest {
  private static final long EPOCH = 8;

  private static ChainSpec spec() {
    ChainSpec aspen = ChainSpec.aspen().withValidators(4).withBlockPeriod(Duration.ofMillis(50));
    Genesis genesis = aspen.genesis();
    Map<GovernanceKey, JsonNode> epoch = Map.of(GovernanceKey.EPOCH, LongNode.valueOf(EPOCH));
    return aspen.withGenesis(genesis.withParameters(genesis.parameters().with(epoch)));
  }

  @Test
  void aValidatorJoinsAndTheOneThatProposesLeaves() {
    ChainSpec spec = spec();
    Address leaving = spec.validators().get(3);
    List<Address> five = DevKeys.validatorAddresses(5);
    Address joining =
        five.stream().filter(a -> !spec.validators().contains(a)).findFirst().orElseThrow();
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(1).start();
        PrivateKey key = DevKeys.ofValidator(joining).orElseThrow();
        KlayNode joiner = network.join(KlayNode.of(spec).signer(key))) {
      network.nodes().forEach(node -> node.cast(Ballot.add(joining)));
      awaitCouncil(network, joining, true);
      network.nodes().forEach(node -> node.cast(Ballot.remove(leaving)));
      awaitCouncil(network, leaving, false);
      long height = network.rangers().get(0).head().number() + 2 * EPOCH;
      network.awaitHeight(height);
      KlayNetwork.awaitHeight(joiner.service(), height);

      List<Address> council = network.rangers().get(0).head().governance().validators();
      assertThat(council).contains(joining).doesNotContain(leaving).hasSize(4);
      List<String> proposers =
          network.explorer().latestBlocks(4).stream().map(b -> b.proposer()).toList();
      assertThat(proposers).doesNotContain("Node04");
      assertThat(network.nodes()).allSatisfy(n -> assertThat(n.evidence()).isEmpty());

      FinalityProof proof = network.rangers().get(0).finalityProof(height, 0).orElseThrow();
      TrustedCouncil genesis = TrustedCouncil.ofGenesis(spec.validators(), EPOCH);
      assertThat(proof.findFault(genesis)).isEmpty();
      assertThat(proof.epochHeaders()).isNotEmpty();
    }
  }

  private static void awaitCouncil(KlayNetwork network, Address member, boolean present) {
    KlayNode ranger = network.rangers().get(0);
    for (long height = 1; height < 200; height++) {
      network.awaitHeight(height);
      if (ranger.head().governance().validators().contains(member) == present) {
        return;
      }
    }
    throw new AssertionError(member + " did not " + (present ? "come" : "go"));
  }

  @Test
  void aRangerHasNoVote() {
    ChainSpec spec = spec();
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(1).start()) {
      KlayNode ranger = network.rangers().get(0);
      Ballot ballot = Ballot.add(ranger.address());
      assertThatThrownBy(() -> ranger.cast(ballot))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has no vote");
      assertThatThrownBy(() -> ranger.finalityProof(3, 5))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
