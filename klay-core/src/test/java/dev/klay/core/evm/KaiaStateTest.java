package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.Log;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.execution.GasPrices;
import dev.klay.core.execution.TransactionChecks;
import dev.klay.core.execution.TransactionEffects;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One test of Kaia's port of the state tests: Klaytn's accounts and rules, without a limit of the
 * computation cost. The fee goes to the coinbase at once, as on a chain that does not defer it;
 * from Magma on the base fee is the lower bound and half of the fee is burnt.
 */
final class KaiaStateTest {
  private static final long CHAIN_ID = 1;

  private final JsonNode test;
  private final WorldState pre;

  KaiaStateTest(JsonNode test) {
    this.test = test;
    this.pre = read(test.get("pre"));
  }

  private static WorldState read(JsonNode accounts) {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    accounts
        .properties()
        .forEach(
            entry -> {
              Address address = EthereumState.address(entry.getKey());
              JsonNode account = entry.getValue();
              boolean isContract =
                  account.path("code").asText().length() > "0x".length()
                      || !account.path("storage").isEmpty();
              if (isContract) {
                updater.createContract(address);
              }
              EthereumState.put(updater, address, account);
            });
    return updater.build(false);
  }

  void check(ForkSchedule forks, JsonNode expected) {
    StateUpdater state = new StateUpdater(pre);
    BlockEnvironment block = block(forks);
    List<Log> logs =
        transaction(expected.get("indexes"))
            .filter(tx -> isAccepted(tx, state, block))
            .map(tx -> execute(tx, state, block))
            .orElse(List.of());
    assertThat(EthereumTxExecutor.logsHash(logs).toHex()).isEqualTo(expected.get("logs").asText());
    assertThat(state.build(true).rootHash().toHex()).endsWith(expected.get("hash").asText());
  }

  /** Of the checks, those that Kaia makes of a message; a type's own are made before that. */
  private static boolean isAccepted(SignedTx tx, StateUpdater state, BlockEnvironment block) {
    Amount price = GasPrices.effective(tx.tx(), block.rules(), block.baseFee());
    return TransactionChecks.nonce(tx, state)
        .or(() -> TransactionChecks.funds(tx, state, price))
        .or(() -> TransactionChecks.gas(tx, state, block.rules()))
        .or(() -> TransactionChecks.initCode(tx.tx(), block.rules()))
        .isEmpty();
  }

  private static List<Log> execute(SignedTx tx, StateUpdater state, BlockEnvironment block) {
    Amount price = GasPrices.effective(tx.tx(), block.rules(), block.baseFee());
    TransactionEffects.Terms terms =
        new TransactionEffects.Terms(
            tx.sender(), tx.sender(), tx.hash(), tx.tx().gas(), price, price, 0);
    TransactionEffects.Effect effect =
        new TransactionEffects(
                state,
                block.rules(),
                KlaytnRules.of(block.rules()).withoutCostLimit(),
                block.context(),
                Tracer.NONE)
            .apply(tx.tx(), terms, fee -> state.addBalance(block.author(), kept(fee, block)));
    return effect.logs();
  }

  private static Amount kept(Amount fee, BlockEnvironment block) {
    return block.rules().has(Fork.MAGMA) ? fee.minus(fee.dividedBy(2)) : fee;
  }

  private Optional<SignedTx> transaction(JsonNode indexes) {
    JsonNode tx = test.get("transaction");
    UInt256 gas = EthereumState.number(tx.get("gasLimit").get(indexes.get("gas").asInt()));
    if (!gas.fitsLong()) {
      return Optional.empty();
    }
    String to = tx.get("to").asText();
    LegacyTx unsigned =
        new LegacyTx(
            new TxHead(
                EthereumState.number(tx.get("nonce")).word(0),
                Amount.peb(EthereumState.number(tx.get("gasPrice"))),
                gas.toLong()),
            to.isEmpty() ? Optional.empty() : Optional.of(EthereumState.address(to)),
            Amount.peb(EthereumState.number(tx.get("value").get(indexes.get("value").asInt()))),
            Bytes.fromHex(tx.get("data").get(indexes.get("data").asInt()).asText()));
    PrivateKey key = PrivateKey.of(Bytes.fromHex(tx.get("secretKey").asText()).toArray());
    return Optional.of(SignedTx.sign(unsigned, CHAIN_ID, key));
  }

  private BlockEnvironment block(ForkSchedule forks) {
    JsonNode env = test.get("env");
    Address coinbase = EthereumState.address(env.get("currentCoinbase").asText());
    BlockRules rules =
        new BlockRules(
            CHAIN_ID,
            EthereumState.number(env.get("currentNumber")).toLong(),
            forks,
            GovernanceParameters.DEFAULT,
            GovernanceParameters.DEFAULT,
            false);
    return new BlockEnvironment(
        rules,
        coinbase,
        coinbase,
        EthereumState.number(env.get("currentTimestamp")).toLong(),
        rules.has(Fork.MAGMA) ? rules.parameters().baseFee().lowerBound() : Amount.ZERO,
        EthereumState.number(env.path("currentDifficulty")),
        number ->
            Keccak256.hash(Bytes.wrap(Long.toString(number).getBytes(StandardCharsets.US_ASCII))));
  }
}
