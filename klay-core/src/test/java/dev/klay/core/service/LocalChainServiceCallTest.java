package dev.klay.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.call.AccountOverride;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallRefusedException;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.CreatedAccessList;
import dev.klay.core.call.GasEstimate;
import dev.klay.core.call.Overrides;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.evm.Assembly;
import dev.klay.core.importing.TestChain;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A contract that adds one to its slot 0 and returns what is there, deployed on a chain. */
class LocalChainServiceCallTest {
  private static final PrivateKey ALICE = TestChain.key(1);
  private static final Bytes COUNTER =
      Assembly.of(
          "PUSH1 0x00 SLOAD PUSH1 0x01 ADD DUP1 PUSH1 0x00 SSTORE PUSH1 0x00 MSTORE NUMBER"
              + " PUSH1 0x20 MSTORE PUSH1 0x40 PUSH1 0x00 RETURN");
  private static final Bytes DEPLOY =
      Bytes.fromHex(
          "0x61"
              + String.format("%04x", COUNTER.size())
              + "80600c6000396000f3"
              + COUNTER.toHex().substring(2));

  private final TestChain test =
      new TestChain(
          ChainSpec.aspen()
              .withValidators(4)
              .withAccounts(List.of(ALICE.address()), Amount.klay(1000)));
  private final LocalChainService service = service();

  private LocalChainService service() {
    TxPool pool =
        new TxPool(
            PoolLimits.DEFAULT,
            () -> Instant.EPOCH,
            test.chain.head().state(),
            test.chain.rulesAfter(test.chain.head()),
            test.chain.nextBaseFee(test.chain.head()));
    return new LocalChainService(test.chain, pool, pool::add, Runnable::run);
  }

  private Address deploy() {
    SignedTx tx = signed(0, Optional.empty(), DEPLOY);
    test.grow(tx);
    Receipt receipt = service.receipt(tx.hash()).join().orElseThrow();
    assertThat(receipt.isSuccess()).isTrue();
    return receipt.contract().orElseThrow();
  }

  private SignedTx signed(long nonce, Optional<Address> to, Bytes input) {
    LegacyTx tx =
        new LegacyTx(new TxHead(nonce, Amount.ston(25), 1_000_000), to, Amount.ZERO, input);
    return SignedTx.sign(tx, test.chain.spec().chainId(), ALICE);
  }

  @Test
  void aCallRunsOnTheStateAndInTheBlockAsked() {
    Address counter = deploy();
    test.grow(signed(1, Optional.of(counter), Bytes.EMPTY));
    Call call = Call.to(counter).build();

    assertThat(words(service.call(call, BlockRef.LATEST).join())).containsExactly(2L, 2L);
    assertThat(words(service.call(call, BlockRef.number(1)).join())).containsExactly(1L, 1L);
    Hash first = test.chain.store().block(1).orElseThrow().block().hash();
    assertThat(words(service.call(call, BlockRef.hash(first)).join())).containsExactly(1L, 1L);
    assertThat(service.call(call, BlockRef.EARLIEST).join().output()).isEqualTo(Bytes.EMPTY);
    assertThat(test.chain.head().state().storage(counter, UInt256.ZERO)).isEqualTo(UInt256.ONE);
  }

  @Test
  void overridesHoldForOneCall() {
    Address counter = deploy();
    Overrides overrides =
        Overrides.NONE.with(
            counter, AccountOverride.NONE.withStorageChanges(Map.of(UInt256.ZERO, UInt256.of(41))));
    Call call = Call.to(counter).build();
    assertThat(words(service.call(call, BlockRef.LATEST, overrides).join()))
        .containsExactly(42L, 1L);
    assertThat(words(service.call(call, BlockRef.LATEST).join())).containsExactly(1L, 1L);
  }

  @Test
  void anEstimateIsWhatABlockNeeds() {
    Address counter = deploy();
    GasEstimate estimate =
        service.estimateGas(Call.to(counter).from(ALICE.address()).build(), BlockRef.LATEST).join();
    long gas = ((GasEstimate.Sufficient) estimate).gas();
    assertThat(status(counter, 1, gas - 1)).isNotEqualTo(1);
    assertThat(status(counter, 2, gas)).isEqualTo(1);
  }

  private int status(Address counter, long nonce, long gas) {
    LegacyTx tx =
        new LegacyTx(
            new TxHead(nonce, Amount.ston(25), gas),
            Optional.of(counter),
            Amount.ZERO,
            Bytes.EMPTY);
    SignedTx signed = SignedTx.sign(tx, test.chain.spec().chainId(), ALICE);
    test.grow(signed);
    return service.receipt(signed.hash()).join().orElseThrow().status();
  }

  @Test
  void anAccessListNamesTheSlot() {
    Address counter = deploy();
    CreatedAccessList created =
        service.createAccessList(Call.to(counter).build(), BlockRef.LATEST).join();
    assertThat(created.accessList().entries()).hasSize(1);
    assertThat(created.accessList().entries().get(0).address()).isEqualTo(counter);
    assertThat(created.accessList().storageKeyCount()).isEqualTo(1);
  }

  @Test
  void failuresComeInTheFuture() {
    Call greedy = Call.to(ALICE.address()).value(Amount.klay(1)).build();
    assertThatThrownBy(() -> service.call(greedy, BlockRef.LATEST).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(CallRefusedException.class);
    assertThatThrownBy(() -> service.estimateGas(greedy, BlockRef.LATEST).join())
        .hasCauseInstanceOf(CallRefusedException.class);
    assertThatThrownBy(() -> service.call(greedy, BlockRef.number(99)).join())
        .hasCauseInstanceOf(UnknownBlockException.class);
  }

  private static List<Long> words(CallResult result) {
    assertThat(result.isSuccess()).isTrue();
    byte[] output = result.output().toArray();
    return List.of(
        UInt256.fromBytes(output, 0, 32).toLong(), UInt256.fromBytes(output, 32, 32).toLong());
  }
}
