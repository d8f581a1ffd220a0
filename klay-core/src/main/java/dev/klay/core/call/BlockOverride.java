package dev.klay.core.call;

import dev.klay.core.config.BlockRules;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import java.util.Optional;

/**
 * What the block of a call is to be; what is not set stays as it is. Immutable.
 *
 * @param number decides the fork, too
 * @param timeSeconds unix time
 * @param coinbase what COINBASE gives
 * @param baseFee for a unit of gas
 * @param prevRandao what opcode 0x44 gives
 * @param gasLimit what GASLIMIT gives; zero on Klaytn's chains
 */
public record BlockOverride(
    Optional<Long> number,
    Optional<Long> timeSeconds,
    Optional<Address> coinbase,
    Optional<Amount> baseFee,
    Optional<UInt256> prevRandao,
    Optional<Long> gasLimit) {
  public static final BlockOverride NONE =
      new BlockOverride(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public BlockOverride withNumber(long newNumber) {
    return new BlockOverride(
        Optional.of(newNumber), timeSeconds, coinbase, baseFee, prevRandao, gasLimit);
  }

  public BlockOverride withTimeSeconds(long newTime) {
    return new BlockOverride(number, Optional.of(newTime), coinbase, baseFee, prevRandao, gasLimit);
  }

  public BlockOverride withCoinbase(Address newCoinbase) {
    return new BlockOverride(
        number, timeSeconds, Optional.of(newCoinbase), baseFee, prevRandao, gasLimit);
  }

  public BlockOverride withBaseFee(Amount newBaseFee) {
    return new BlockOverride(
        number, timeSeconds, coinbase, Optional.of(newBaseFee), prevRandao, gasLimit);
  }

  public BlockOverride withPrevRandao(UInt256 newPrevRandao) {
    return new BlockOverride(
        number, timeSeconds, coinbase, baseFee, Optional.of(newPrevRandao), gasLimit);
  }

  public BlockOverride withGasLimit(long newGasLimit) {
    return new BlockOverride(
        number, timeSeconds, coinbase, baseFee, prevRandao, Optional.of(newGasLimit));
  }

  /** The block as it is to be, but for the gas limit, of which Klaytn's blocks know nothing. */
  BlockEnvironment applyTo(BlockEnvironment block) {
    BlockRules rules = block.rules();
    return new BlockEnvironment(
        number.map(n -> at(rules, n)).orElse(rules),
        coinbase.orElse(block.author()),
        block.rewardBase(),
        timeSeconds.orElse(block.timeSeconds()),
        baseFee.orElse(block.baseFee()),
        prevRandao.orElse(block.prevRandao()),
        block.ancestors());
  }

  private static BlockRules at(BlockRules rules, long number) {
    return new BlockRules(
        rules.chainId(),
        number,
        rules.forks(),
        rules.parameters(),
        rules.rewardParameters(),
        rules.fixedPriceEnforced(),
        rules.impersonation());
  }
}
