package dev.klay.client.wallet;

import dev.klay.client.contract.Token;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Something that a wallet can hold.
 *
 * @param symbol short name: KLAY, or what the token's contract says. Anybody can name a token as
 *     they like: show its address, too
 * @param decimals digits behind the point of a whole one
 * @param units what the wallet holds, in the smallest units
 * @param token empty for KLAY
 */
public record Asset(String symbol, int decimals, UInt256 units, Optional<Token> token) {
  /** What the wallet holds, in whole ones. */
  public BigDecimal amount() {
    return new BigDecimal(units.toBigInteger(), decimals);
  }

  @Override
  public String toString() {
    return amount().stripTrailingZeros().toPlainString() + " " + symbol;
  }
}
