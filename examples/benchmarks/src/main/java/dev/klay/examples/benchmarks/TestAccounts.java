package dev.klay.examples.benchmarks;

import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Accounts by number, the same in every run. */
final class TestAccounts {
  private TestAccounts() {}

  static List<PrivateKey> keys(int count) {
    return IntStream.range(0, count).mapToObj(TestAccounts::key).toList();
  }

  private static PrivateKey key(int number) {
    byte[] name = ("benchmark " + number).getBytes(StandardCharsets.UTF_8);
    return PrivateKey.of(Keccak256.hash(name).toArray());
  }

  /** An address that nobody has the key of. */
  static Address address(int number) {
    byte[] name = ("address " + number).getBytes(StandardCharsets.UTF_8);
    return Address.fromHash(Keccak256.hash(name));
  }

  static SignedTx transfer(long chainId, PrivateKey from, long nonce, Address to) {
    return SignedTx.sign(
        new ValueTransferTx(
            new TxHead(nonce, Amount.ston(25), 21_000),
            FeeDelegation.NONE,
            from.address(),
            to,
            Amount.peb(1)),
        chainId,
        from);
  }
}
