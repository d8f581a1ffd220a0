package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.contract.PartnerToken;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccessListTx;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.TxType;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every type of transaction that a chain of ours takes, sent by the client, paid by its sender, by
 * another, and by both; what comes back is what was sent.
 */
@ParameterizedClass
@EnumSource(Connection.class)
class TransactionKindsTest {
  private static final Amount ONE = Amount.klay(1);
  private static final int RATIO = 30;

  private final TestChain chain;
  private final PrivateKey key = PrivateKey.generate(new SecureRandom());
  private final Account sender;
  private final Account treasury;
  private final Address bob;
  private final Set<TxType> seen = EnumSet.noneOf(TxType.class);

  TransactionKindsTest(Connection connection) {
    chain = TestChain.open(connection, PoolLimits.DEFAULT.withAnchoring());
    sender = chain.client().account(key);
    treasury = chain.account(2);
    bob = chain.account(1).address();
    chain.account(0).send(sender.address(), Amount.klay(1000));
  }

  @AfterEach
  void close() {
    chain.close();
    key.close();
  }

  @Test
  void everyTypeIsSentReadBackAndPaidByWhomItNames() {
    ethereumsKinds().forEach((type, tx) -> ensure(type, sender.send(tx)));
    Sponsor sponsor = Sponsor.of(treasury).perDay(Amount.klay(100));
    klaytnsKinds()
        .forEach(
            (type, tx) -> {
              ensure(type, sender.send(tx));
              ensurePaid(100, type, sender.paidBy(sponsor), tx);
              ensurePaid(RATIO, type, sender.paidBy(sponsor, RATIO), tx);
            });
    // set-code transactions are of Prague, where our chains are not
    assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.of(TxType.SET_CODE)));
  }

  private Map<TxType, NewTransaction> ethereumsKinds() {
    Map<TxType, NewTransaction> kinds = new LinkedHashMap<>();
    kinds.put(TxType.LEGACY, (head, fee) -> new LegacyTx(head, Optional.of(bob), ONE, Bytes.EMPTY));
    kinds.put(
        TxType.ACCESS_LIST,
        (head, fee) ->
            new AccessListTx(0, head, Optional.of(bob), ONE, Bytes.EMPTY, AccessList.EMPTY));
    kinds.put(
        TxType.DYNAMIC_FEE,
        (head, fee) ->
            new DynamicFeeTx(
                0,
                head.nonce(),
                Amount.ston(1),
                head.gasPrice(),
                head.gas(),
                Optional.of(bob),
                ONE,
                Bytes.EMPTY,
                AccessList.EMPTY));
    return kinds;
  }

  /** Of each kind the type without delegation; the last changes the account's key. */
  private Map<TxType, NewTransaction> klaytnsKinds() {
    Address self = sender.address();
    Bytes creation =
        PartnerToken.code().abi().encodeCreation(PartnerToken.code().initCode(), "T", "T", 0, 5);
    Address token = sender.deploy(creation, Amount.ZERO).contract().orElseThrow();
    Bytes transfer = PartnerToken.code().abi().function("transfer").encodeCall(bob, UInt256.ONE);
    Bytes data = Bytes.of((byte) 1, (byte) 2);
    Map<TxType, NewTransaction> kinds = new LinkedHashMap<>();
    kinds.put(TxType.VALUE_TRANSFER, (head, fee) -> new ValueTransferTx(head, fee, self, bob, ONE));
    kinds.put(TxType.MEMO, (head, fee) -> new MemoTx(head, fee, self, bob, ONE, data));
    kinds.put(
        TxType.DEPLOY,
        (head, fee) ->
            new DeployTx(head, fee, self, Optional.empty(), Amount.ZERO, creation, false, 0));
    kinds.put(
        TxType.EXECUTION,
        (head, fee) -> new ExecutionTx(head, fee, self, token, Amount.ZERO, transfer));
    kinds.put(TxType.CANCEL, (head, fee) -> new CancelTx(head, fee, self));
    kinds.put(TxType.ANCHORING, (head, fee) -> new AnchoringTx(head, fee, self, data));
    kinds.put(
        TxType.ACCOUNT_UPDATE,
        (head, fee) -> new AccountUpdateTx(head, fee, self, new AccountKeyPublic(key.publicKey())));
    return kinds;
  }

  private void ensure(TxType type, Receipt receipt) {
    assertThat(receipt.isSuccess()).as("%s", type).isTrue();
    assertThat(receipt.transaction().type()).isEqualTo(type);
    assertThat(receipt.from()).isEqualTo(sender.address());
    assertThat(chain.client().receipt(receipt.hash()).orElseThrow().transaction().encode())
        .isEqualTo(receipt.transaction().encode());
    assertThat(chain.client().transaction(receipt.hash())).isPresent();
    seen.add(type);
  }

  private void ensurePaid(int percent, TxType plain, Account account, NewTransaction tx) {
    Amount before = treasury.balance();
    Receipt receipt = account.send(tx);
    TxType type = TxType.ofCode(plain.code() | (percent == 100 ? 1 : 2)).orElseThrow();
    ensure(type, receipt);
    assertThat(receipt.transaction().feePayer()).contains(treasury.address());
    Amount paid = before.minus(treasury.balance());
    Amount share = Amount.peb(receipt.fee().peb().toBigInteger().longValueExact() / 100 * percent);
    assertThat(paid).as("the share of %s", type).isEqualTo(share);
  }
}
