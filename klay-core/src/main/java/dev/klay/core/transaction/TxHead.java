package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;

/**
 * The fields that nearly every type starts with.
 *
 * @param nonce unsigned 64 bits; the number of transactions the sender has sent before
 * @param gasPrice offered for one unit of gas
 * @param gas limit of the gas that may be used; unsigned 63 bits
 */
public record TxHead(long nonce, Amount gasPrice, long gas) {
  public TxHead {
    if (gas < 0) {
      throw new IllegalArgumentException("gas is beyond 63 bits: " + Long.toUnsignedString(gas));
    }
  }

  static TxHead read(RlpReader fields) {
    return new TxHead(fields.readUnsignedLong(), fields.readAmount(), fields.readLong());
  }

  void write(RlpWriter writer) {
    writer.unsignedLong(nonce).amount(gasPrice).integer(gas);
  }
}
