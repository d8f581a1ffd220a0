package dev.klay.core.config;

import dev.klay.crypto.primitive.Amount;

/**
 * What a faucet gives.
 *
 * @param amount for one drip
 * @param cooldownBlocks blocks from the one with a drip to the first head at which the same address
 *     gets another
 */
public record FaucetRule(Amount amount, long cooldownBlocks) {
  /** 1,000 KLAY, then 900 blocks of waiting: a quarter of an hour at a block a second. */
  public static final FaucetRule ASPEN = new FaucetRule(Amount.klay(1000), 900);
}
