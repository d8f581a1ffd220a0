package dev.klay.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainSpecJsonTest {
  private static Hash genesisHash(ChainSpec spec) {
    return spec.genesis().block(spec.sealRule(), spec.genesis().state()).hash();
  }

  @Test
  void whatIsWrittenIsReadAsTheSameChain() {
    TreeMap<UInt256, UInt256> storage = new TreeMap<>(Map.of(UInt256.ONE, UInt256.of(7)));
    ChainSpec aspen = ChainSpec.aspen();
    List<ChainSpec> chains =
        List.of(
            aspen,
            ChainSpec.development(),
            aspen
                .withValidators(4)
                .withBlockPeriod(Duration.ofMillis(200))
                .withEmptyPeriod(Duration.ofSeconds(5)),
            aspen.withGenesis(
                aspen
                    .genesis()
                    .withAccounts(
                        Map.of(
                            Address.parse("0x" + "11".repeat(20)),
                            new GenesisAccount(
                                Amount.klay("1.5"), 3, Bytes.of((byte) 0), storage)))));
    for (ChainSpec spec : chains) {
      ChainSpec read = ChainSpec.parse(spec.toJson());
      assertThat(genesisHash(read)).isEqualTo(genesisHash(spec));
      assertThat(read).isEqualTo(spec);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"name", "kind", "sealRule", "proposerPolicy", "blockPeriodMillis", "blockGasMax"})
  void aFieldThatIsMissingOrWrongIsNamed(String field) {
    String json = ChainSpec.aspen().toJson();
    String without = json.replaceFirst("\"" + field + "\" : [^,]*,?", "\"x\" : 1,");
    assertThatThrownBy(() -> ChainSpec.parse(without))
        .isInstanceOf(InvalidGenesisException.class)
        .hasMessageContaining(field);
  }

  @Test
  void anotherNetworksGenesisIsRefused() {
    String json = ChainSpec.aspen().toJson().replace("\"klay\" :", "\"other\" :");
    assertThatThrownBy(() -> ChainSpec.parse(json)).hasMessageContaining("klay");
    assertThatThrownBy(() -> ChainSpec.parse("[]")).isInstanceOf(InvalidGenesisException.class);
  }
}
