package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.evm.precompile.CallData;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Klaytn's own contracts on the set-up that its vectors describe in words. */
@Tag("conformance")
class KlaytnPrecompileTest {
  private static final Address CALLER = Address.parse("0x0000000000000000000000000000000000001337");
  private static final Address FEE_PAYER =
      Address.parse("0x0000000000000000000000000000000000133773");
  private static final TxContext TX =
      new TxContext(CALLER, FEE_PAYER, UInt256.ZERO, Hash.ZERO, List.of());

  @Test
  void answersAsKlaytnsNodesDo() {
    JsonNode setup = Vectors.json("klaytn/precompiles/_setup.json").path("setup");
    WorldState state = state(setup.path("validateSender"));
    try (Tally tally = new Tally("klaytn-precompiles-own")) {
      for (Path file : Vectors.files("klaytn/precompiles", ".json")) {
        contract(file.getFileName().toString())
            .ifPresent(
                contract -> {
                  for (JsonNode vector : Vectors.read(file).path("cases")) {
                    tally.run(vector.path("name").asText(), () -> check(contract, vector, state));
                  }
                });
      }
    }
  }

  private static Optional<KlaytnPrecompile> contract(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.startsWith("vmlog")) {
      return Optional.of(KlaytnPrecompile.VM_LOG);
    }
    if (name.startsWith("feepayer")) {
      return Optional.of(KlaytnPrecompile.FEE_PAYER);
    }
    return name.startsWith("validatesender")
        ? Optional.of(KlaytnPrecompile.VALIDATE_SENDER)
        : Optional.empty();
  }

  /** The account, and the private key whose public one it has, stand in a sentence. */
  private static WorldState state(JsonNode setup) {
    String sentence = setup.path("accountKey").asText();
    PrivateKey key = PrivateKey.fromHex(sentence.substring(sentence.indexOf("0x")));
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    updater.setKey(
        Address.parse(setup.path("account").asText()), new AccountKeyPublic(key.publicKey()));
    return updater.build(false);
  }

  private static void check(KlaytnPrecompile contract, JsonNode vector, WorldState state) {
    byte[] input = Bytes.fromHex("0x" + vector.path("input").asText()).toArray();
    assertThat(Bytes.wrap(contract.run(input, TX, state)))
        .isEqualTo(Bytes.fromHex("0x" + vector.path("expected").asText()));
    assertThat(contract.gas(CallData.of(input))).isNotNegative();
  }
}
