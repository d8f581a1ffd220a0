package dev.klay.core.evm;

import dev.klay.core.block.DeriveSha;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block of Ethereum, for its public tests: header, transactions, withdrawals; of uncles only
 * their encoding.
 *
 * @param size of the encoding in bytes
 */
record EthereumBlock(
    EthereumHeader header,
    List<EthereumTx> transactions,
    Hash transactionsRoot,
    Bytes uncles,
    Optional<List<Withdrawal>> withdrawals,
    Hash withdrawalsRoot,
    int size) {

  /** A payment from the consensus layer (EIP-4895), in gwei. */
  record Withdrawal(Address address, UInt256 gwei) {
    Amount amount() {
      return Amount.peb(gwei.times(1_000_000_000L));
    }
  }

  static EthereumBlock decode(Bytes raw) {
    RlpReader parts = RlpReader.ofSingleList(raw);
    EthereumHeader header = EthereumHeader.decode(parts.readRaw());
    List<Bytes> encoded = new ArrayList<>();
    List<EthereumTx> transactions = new ArrayList<>();
    for (RlpReader list = parts.readList(); list.hasNext(); ) {
      Bytes tx = list.nextIsList() ? list.readRaw() : list.readBytes();
      encoded.add(tx);
      transactions.add(EthereumTx.decode(tx));
    }
    Bytes uncles = parts.readRaw();
    List<Bytes> encodedWithdrawals = new ArrayList<>();
    Optional<List<Withdrawal>> withdrawals =
        parts.hasNext()
            ? Optional.of(withdrawals(parts.readList(), encodedWithdrawals))
            : Optional.empty();
    parts.expectEnd();
    return new EthereumBlock(
        header,
        transactions,
        DeriveSha.ORIGINAL.root(encoded),
        uncles,
        withdrawals,
        DeriveSha.ORIGINAL.root(encodedWithdrawals),
        raw.size());
  }

  private static List<Withdrawal> withdrawals(RlpReader list, List<Bytes> encoded) {
    List<Withdrawal> result = new ArrayList<>();
    while (list.hasNext()) {
      Bytes raw = list.readRaw();
      RlpReader fields = RlpReader.ofSingleList(raw);
      fields.readUnsignedLong(); // index
      fields.readUnsignedLong(); // validator
      Address address = fields.readAddress();
      UInt256 gwei = UInt256.ofWords(0, 0, 0, fields.readUnsignedLong());
      fields.expectEnd();
      encoded.add(raw);
      result.add(new Withdrawal(address, gwei));
    }
    return result;
  }
}
