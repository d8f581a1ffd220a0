package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.contract.PartnerToken;
import dev.klay.consensus.KlayNetwork;
import dev.klay.consensus.KlayNode;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.FaucetRule;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.importing.CheatsRefusedException;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of SEED.md about what a {@link ChainSpec} says. */
class SeedChainSpecTest {
  private static ChainSpec of(NetworkKind kind, Optional<FaucetRule> faucet, long blockGasMax) {
    ChainSpec spec = ChainSpec.development();
    return new ChainSpec(
        "a chain",
        kind,
        spec.genesis(),
        spec.sealRule(),
        spec.proposerPolicy(),
        0,
        0,
        spec.maxDriftMillis(),
        spec.blockSizeMaxBytes(),
        blockGasMax,
        faucet);
  }

  /** S41: one call gives the network of 2018. */
  @Tag("S41")
  @Test
  void aspenHasItsFigures() {
    ChainSpec aspen = ChainSpec.aspen();
    assertThat(aspen.validators()).hasSize(13).isSorted();
    assertThat(aspen.validators().stream().map(v -> aspen.validatorName(v).orElseThrow()))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 13).mapToObj(i -> String.format("Node%02d", i)).toList());
    assertThat(aspen.blockPeriodMillis()).isEqualTo(1_000);
    assertThat(aspen.faucet()).contains(new FaucetRule(Amount.klay(1_000), 900));
    assertThat(aspen.partnerTokens()).containsExactly("RASPUTIN", "IRENE", "OKAKA");
    assertThat(aspen.kind()).isEqualTo(NetworkKind.TEST);
    try (KlayNetwork network =
        KlayNetwork.of(aspen.withBlockPeriod(Duration.ofMillis(100))).rangers(0).start()) {
      assertThat(KlayClient.of(network).gasPrice()).isEqualTo(Amount.ston(25));
      assertThat(network.nodes()).extracting(KlayNode::name).startsWith("Node01").hasSize(13);
    }
  }

  /** S40: a chain of value has no faucet, no powers over others, and no key that anybody knows. */
  @Tag("S40")
  @Test
  void aMainChainRefusesWhatIsForTestsAtStartUp() {
    assertThatThrownBy(
            () -> of(NetworkKind.MAIN, Optional.of(FaucetRule.ASPEN), 500_000_000).toJson())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no faucet");
    ChainSpec main = of(NetworkKind.MAIN, Optional.empty(), 500_000_000);
    assertThatThrownBy(() -> KlayNetwork.of(main).cheats().start()) // impersonation, time travel
        .isInstanceOf(CheatsRefusedException.class)
        .hasMessageContaining("MAIN");
    assertThatThrownBy(() -> KlayChain.of(main, 0)).isInstanceOf(CheatsRefusedException.class);
    assertThatThrownBy(() -> KlayNode.of(main).start()) // whose only key is published
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("published");
    try (PrivateKey own = PrivateKey.generate(new SecureRandom())) {
      ChainSpec withFaucetMoney = main.withValidators(List.of(own.address()));
      assertThatThrownBy(() -> KlayNode.of(withFaucetMoney).signer(own).start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("published")
          .hasMessageContaining(DevKeys.faucetAddress().toString());
      ChainSpec clean =
          withFaucetMoney.withGenesis(
              withFaucetMoney.genesis().withoutAccounts(DevKeys.publishedAddresses()));
      try (KlayNode node = KlayNode.of(clean).signer(own).start()) {
        KlayClient client = KlayClient.of(node);
        assertThat(client.info().spec().kind()).isEqualTo(NetworkKind.MAIN);
        assertThatThrownBy(() -> client.faucet().drip(own.address()))
            .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> PartnerToken.OKAKA.deploy(client))
            .isInstanceOf(IllegalStateException.class);
        assertThat(client.info().spec().partnerTokens()).isEmpty();
        assertThatThrownBy(() -> node.rpc().call("evm_increaseTime", "[60]").join())
            .hasMessageContaining("evm_increaseTime");
        assertThatThrownBy(() -> node.rpc().call("hardhat_impersonateAccount", "[]").join())
            .hasMessageContaining("hardhat_impersonateAccount");
      }
    }
  }

  /**
   * S3: on a chain that is full, ten transfers to a block with forty waiting, a transfer costs what
   * it costs alone; and the bill is known before.
   */
  @Tag("S3")
  @Test
  void aTransferCostsTheSameOnAFullChainAndTheBillIsKnownBefore() {
    ChainSpec narrow = of(NetworkKind.DEVELOPMENT, Optional.of(FaucetRule.ASPEN), 210_000);
    try (KlayChain chain = KlayChain.of(narrow, 0)) {
      Address shop = chain.account(9).address();
      Receipt alone = chain.account(0).send(shop, Amount.klay(1));
      Amount estimate = chain.client().costs().estimate(Workload.NONE.transfers(50));
      chain.cheats().automine(false);
      List<Hash> sent = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        sent.add(chain.account(i % 9).submit(shop, Amount.peb(1), FeeLimit.NONE));
      }
      Set<Amount> fees = new HashSet<>();
      Amount charged = Amount.ZERO;
      for (int block = 0; block < 5; block++) {
        chain.cheats().mine();
        assertThat(chain.network().explorer().latestBlocks(1).get(0).transactionCount())
            .isEqualTo(10);
      }
      for (Hash hash : sent) {
        Receipt receipt = chain.client().receipt(hash).orElseThrow();
        fees.add(receipt.fee());
        charged = charged.plus(receipt.fee());
      }
      assertThat(fees).containsExactly(alone.fee());
      assertThat(alone.fee()).isEqualTo(Amount.klay("0.000525"));
      assertThat(estimate).isEqualTo(charged);
    }
  }
}
