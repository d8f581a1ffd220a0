package dev.klay.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
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
            aspen.withProposerWeights(
                Map.of(aspen.validators().get(2), 100, aspen.validators().get(0), 2)),
            aspen.withProposerPolicy(ProposerPolicy.STICKY),
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
      assertThat(read.parametersHash()).isEqualTo(spec.parametersHash());
      ChainSpec ofClient = dev.klay.core.json.ChainSpecJson.read(asClientsReadIt(spec));
      assertThat(ofClient.parametersHash()).isEqualTo(spec.parametersHash());
    }
  }

  private static JsonNode asClientsReadIt(ChainSpec spec) {
    return dev.klay.core.json.ChainSpecJson.write(spec);
  }

  @Test
  void whateverNodesMustAgreeOnChangesTheHashOfTheParameters() {
    ChainSpec aspen = ChainSpec.aspen();
    Address first = aspen.validators().get(0);
    assertThat(
            List.of(
                    aspen,
                    aspen.withBlockPeriod(Duration.ofMillis(500)),
                    aspen.withEmptyPeriod(Duration.ofSeconds(9)),
                    aspen.withProposerPolicy(ProposerPolicy.STICKY),
                    aspen.withProposerPolicy(ProposerPolicy.WEIGHTED),
                    aspen.withProposerWeights(Map.of(first, 2)),
                    aspen.withProposerWeights(Map.of(first, 3)),
                    aspen.withProposerWeights(Map.of(aspen.validators().get(1), 3)))
                .stream()
                .map(ChainSpec::parametersHash)
                .distinct())
        .hasSize(8);
  }

  @Test
  void weightsAreOneToAHundredAndNeedTheirPolicy() {
    ChainSpec aspen = ChainSpec.aspen();
    Address first = aspen.validators().get(0);
    for (int wrong : new int[] {0, -1, 101}) {
      assertThatThrownBy(() -> aspen.withProposerWeights(Map.of(first, wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the weight of " + first);
    }
    String json = aspen.withProposerWeights(Map.of(first, 77)).toJson();
    assertThatThrownBy(() -> ChainSpec.parse(json.replace(": 77", ": 0")))
        .isInstanceOf(InvalidGenesisException.class);
    assertThatThrownBy(() -> ChainSpec.parse(json.replace("WEIGHTED", "STICKY")))
        .isInstanceOf(InvalidGenesisException.class)
        .hasMessageContaining("WEIGHTED");
    assertThat(
            aspen
                .withProposerWeights(Map.of(first, 7))
                .withProposerPolicy(ProposerPolicy.STICKY)
                .proposerWeights())
        .isEmpty();
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
