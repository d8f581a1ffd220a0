package dev.klay.core.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.execution.GasPrices;
import dev.klay.core.execution.IntrinsicGas;
import dev.klay.core.execution.TransactionChecks;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxType;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;
import java.util.Set;

/**
 * Ethereum's transaction tests on the transactions of our own chains: legacy and what stands behind
 * 0x78. What differs on purpose:
 *
 * <ul>
 *   <li>A gas limit beyond 63 bits is refused when it is decoded; Ethereum refuses it for the funds
 *       it would take: see {@link #GAS_LIMIT_BEYOND_63_BITS}.
 *   <li>Value and fee together must fit 256 bits, because nobody can own more; these tests ask that
 *       of the fee alone: see {@link #COSTS_MORE_THAN_THERE_IS}.
 *   <li>A signature with a high s decodes, as on Klaytn; it is refused when the sender is
 *       recovered.
 *   <li>Another chain's id decodes; a block and a pool refuse it.
 *   <li>What Ethereum's tests call valid or not includes intrinsic gas, the size of init code and a
 *       cost within 256 bits: checks of a block and a pool, not of the codec.
 * </ul>
 */
final class OwnTransaction {
  private static final Set<String> GAS_LIMIT_BEYOND_63_BITS =
      Set.of("TransactionWithHighGasLimit63Plus1", "TransactionWithHighGasLimit64Minus1");
  private static final Set<String> COSTS_MORE_THAN_THERE_IS = Set.of("TransactionWithHighValue");
  private static final BlockRules RULES =
      new BlockRules(
          1,
          1,
          ForkSchedule.allFromGenesis(Fork.PRAGUE),
          GovernanceParameters.DEFAULT,
          GovernanceParameters.DEFAULT,
          true);

  private OwnTransaction() {}

  /** Whether it is of a type that our chains have: a list, or any other but 3 and 4. */
  static boolean hasType(Bytes raw) {
    return raw.isEmpty()
        || raw.get(0) < 0
        || TxType.ofCode(0x7800 | raw.get(0)).isPresent()
        || raw.get(0) < 1
        || raw.get(0) > 4;
  }

  static void check(String name, Bytes raw, JsonNode expected) {
    boolean valid =
        !expected.has("exception")
            && GAS_LIMIT_BEYOND_63_BITS.stream().noneMatch(name::endsWith)
            && COSTS_MORE_THAN_THERE_IS.stream().noneMatch(name::endsWith);
    Optional<String> fault;
    try {
      SignedTx tx = SignedTx.decode(wrapped(raw));
      fault = fault(tx);
      if (valid && fault.isEmpty()) {
        assertThat(tx.hash()).isEqualTo(Hash.fromHex(expected.get("hash").asText()));
        assertThat(tx.sender()).isEqualTo(Address.parse(expected.get("sender").asText()));
        assertThat(IntrinsicGas.of(tx.tx(), RULES))
            .isEqualTo(EthereumState.number(expected.get("intrinsicGas")).toLong());
        assertThat(tx.encode()).isEqualTo(wrapped(raw));
      }
    } catch (DecodingException e) {
      fault = Optional.of(String.valueOf(e.getMessage()));
    }
    assertThat(fault.isEmpty())
        .as("valid; expected %s, found %s", expected.path("exception"), fault)
        .isEqualTo(valid);
  }

  private static Bytes wrapped(Bytes raw) {
    return raw.isEmpty() || raw.get(0) < 0
        ? raw
        : new RlpWriter().raw(new byte[] {0x78}).raw(raw).toBytes();
  }

  private static Optional<String> fault(SignedTx tx) {
    StateUpdater rich = new StateUpdater(WorldState.EMPTY);
    rich.addBalance(tx.sender(), Amount.peb(UInt256.MAX));
    rich.setNonce(tx.sender(), tx.tx().nonce());
    return TransactionChecks.chain(tx, RULES)
        .or(() -> GasPrices.check(tx.tx(), RULES, Amount.ZERO))
        .or(() -> TransactionChecks.initCode(tx.tx(), RULES))
        .or(() -> TransactionChecks.funds(tx, rich, tx.tx().gasPrice()))
        .map(Object::toString)
        .or(
            () ->
                tx.tx().gas() < IntrinsicGas.of(tx.tx(), RULES)
                    ? Optional.of("intrinsic gas")
                    : Optional.empty());
  }
}
