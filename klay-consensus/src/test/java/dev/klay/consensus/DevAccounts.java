package dev.klay.consensus;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.Optional;

/** Sends from the faucet's account of a network under test. */
final class DevAccounts implements AutoCloseable {
  static final Amount PRICE = Amount.ston(25);

  private final KlayNetwork network;
  private final PrivateKey faucet = DevKeys.faucet();

  DevAccounts(KlayNetwork network) {
    this.network = network;
  }

  static Address somebody(int number) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[0] = 0x55;
    bytes[19] = (byte) number;
    return Address.of(bytes);
  }

  Address faucet() {
    return faucet.address();
  }

  SignedTx transfer(long nonce, Address to, Amount amount) {
    return SignedTx.sign(
        new ValueTransferTx(
            new TxHead(nonce, PRICE, 21_000), FeeDelegation.NONE, faucet.address(), to, amount),
        ChainSpec.ASPEN_CHAIN_ID,
        faucet);
  }

  /** A legacy transaction that somebody may send who has no key. */
  static LegacyTx unsigned(long nonce, Address to, Amount amount) {
    return new LegacyTx(new TxHead(nonce, PRICE, 100_000), Optional.of(to), amount, Bytes.EMPTY);
  }

  /** Hands the next transfer to the network. */
  Hash submit(Address to, Amount amount) {
    long nonce = network.service().nonce(faucet.address(), BlockRef.PENDING).join();
    return network.service().submit(transfer(nonce, to, amount)).join();
  }

  Receipt pay(Address to, Amount amount) {
    return network.service().awaitFinal(submit(to, amount)).join();
  }

  Amount balance(Address account) {
    return network.service().balance(account, BlockRef.LATEST).join();
  }

  long height() {
    return network.service().height().join();
  }

  @Override
  public void close() {
    faucet.close();
  }
}
