package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One test of a state-test file: a state, a block, a transaction, and what comes of it. */
final class StateTest {
  private static final long CANCUN_FRACTION = 3_338_477;
  private static final long PRAGUE_FRACTION = 5_007_716;

  private final JsonNode test;
  private final WorldState pre;

  StateTest(JsonNode test) {
    this.test = test;
    this.pre = EthereumState.read(test.get("pre"));
  }

  /** Runs one expectation of one fork. */
  void check(EvmRules rules, JsonNode expected) {
    StateUpdater state = new StateUpdater(pre);
    boolean refused = false;
    List<dev.klay.core.block.Log> logs = List.of();
    try {
      EthereumTx tx = EthereumTx.decode(Bytes.fromHex(expected.get("txbytes").asText()));
      JsonNode env = test.get("env");
      EthereumTxExecutor executor =
          new EthereumTxExecutor(
              rules,
              state,
              block(env, rules),
              EthereumState.number(env.get("currentGasLimit")),
              blobsMax(rules));
      refused = executor.fault(tx).isPresent();
      if (!refused) {
        logs = executor.execute(tx, Tracer.NONE).result().logs();
      }
    } catch (DecodingException e) {
      refused = true;
    }
    assertThat(refused).as("refused").isEqualTo(expected.has("expectException"));
    boolean isRewarded = !expected.has("state"); // by those that filled the older tests
    if (isRewarded && !rules.removesEmptyAccounts()) {
      state.addBalance(coinbase(), Amount.ZERO);
    }
    WorldState post = state.build(rules.removesEmptyAccounts());
    assertThat(EthereumTxExecutor.logsHash(logs).toHex())
        .as("logs")
        .isEqualTo(text(expected, "logs"));
    assertThat(EthereumState.root(post).toHex()).as("root").isEqualTo(text(expected, "hash"));
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asText();
  }

  private int blobsMax(EvmRules rules) {
    JsonNode schedule = test.path("config").path("blobSchedule").path(rules.name());
    return schedule.isMissingNode()
        ? rules.hasDelegation() ? 9 : 6
        : (int) EthereumState.number(schedule.get("max")).toLong();
  }

  private Address coinbase() {
    return Address.parse(test.get("env").get("currentCoinbase").asText());
  }

  private BlockContext block(JsonNode env, EvmRules rules) {
    JsonNode config = test.path("config");
    JsonNode schedule = config.path("blobSchedule").path(rules.name());
    long fraction =
        schedule.isMissingNode()
            ? rules.hasDelegation() ? PRAGUE_FRACTION : CANCUN_FRACTION
            : EthereumState.number(schedule.get("baseFeeUpdateFraction")).toLong();
    boolean merged =
        env.has("currentRandom")
            && EthereumRules.all().indexOf(rules)
                >= EthereumRules.all().indexOf(EthereumRules.PARIS);
    UInt256 gasLimit = EthereumState.number(env.get("currentGasLimit"));
    return new BlockContext(
        config.has("chainid") ? EthereumState.number(config.get("chainid")).toLong() : 1,
        EthereumState.number(env.get("currentNumber")).toLong(),
        EthereumState.number(env.get("currentTimestamp")).toLong(),
        coinbase(),
        EthereumState.number(env.path(merged ? "currentRandom" : "currentDifficulty")),
        gasLimit.word(0),
        EthereumState.number(env.path("currentBaseFee")),
        EthereumTxExecutor.blobBaseFee(
            EthereumState.number(env.path("currentExcessBlobGas")), fraction),
        StateTest::ancestor);
  }

  /** The hash of a block before: that of its number's decimal digits. */
  private static Hash ancestor(long number) {
    return Keccak256.hash(Bytes.wrap(Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
  }
}
