package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.contract.PartnerToken;
import dev.klay.client.signer.KeyRing;
import dev.klay.client.signer.Signer;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.account.AccountKeyRoleBased;
import dev.klay.core.account.AccountKeyWeightedMultiSig;
import dev.klay.core.account.Role;
import dev.klay.core.account.WeightedKey;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccessListTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.TxType;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of transaction from an account, and accounts whose key is not their address's. */
@ParameterizedClass
@EnumSource(Connection.class)
class AccountKindsTest {
  private final TestChain chain;
  private final KlayClient client;
  private final Account alice;
  private final Account bob;

  AccountKindsTest(Connection connection) {
    chain = TestChain.open(connection);
    client = chain.client();
    alice = chain.account(0);
    bob = chain.account(1);
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private static PrivateKey key() {
    return PrivateKey.generate(new SecureRandom());
  }

  @Test
  void ethereumsKinds() {
    Amount one = Amount.klay(1);
    Receipt legacy =
        alice.send((head, fee) -> new LegacyTx(head, Optional.of(bob.address()), one, Bytes.EMPTY));
    Receipt accessList =
        alice.send(
            (head, fee) ->
                new AccessListTx(
                    0, head, Optional.of(bob.address()), one, Bytes.EMPTY, AccessList.EMPTY));
    Receipt dynamic =
        alice.send(
            (head, fee) ->
                new DynamicFeeTx(
                    0,
                    head.nonce(),
                    Amount.ston(1),
                    head.gasPrice(),
                    head.gas(),
                    Optional.of(bob.address()),
                    one,
                    Bytes.EMPTY,
                    AccessList.EMPTY));
    assertThat(List.of(legacy, accessList, dynamic))
        .allMatch(Receipt::isSuccess)
        .extracting(r -> r.transaction().type())
        .containsExactly(TxType.LEGACY, TxType.ACCESS_LIST, TxType.DYNAMIC_FEE);
    assertThat(bob.balance()).isEqualTo(Amount.klay(10_003));
    assertThat(alice.nonce()).isEqualTo(3);
  }

  @Test
  void klaytnsKinds() {
    Bytes code =
        PartnerToken.code().abi().encodeCreation(PartnerToken.code().initCode(), "T", "T", 0, 5);
    Receipt created = alice.deploy(code, Amount.ZERO);
    assertThat(created.contract()).isPresent();
    Bytes transfer =
        PartnerToken.code().abi().function("transfer").encodeCall(bob.address(), UInt256.ONE);
    Receipt executed = alice.execute(created.contract().orElseThrow(), Amount.ZERO, transfer);
    assertThat(executed.logs()).hasSize(1);
    Receipt memo =
        alice.send(
            (head, fee) ->
                new MemoTx(
                    head, fee, alice.address(), bob.address(), Amount.ZERO, Bytes.of((byte) 1)));
    assertThat(memo.gasUsed()).isEqualTo(21_100);
    Receipt cancelled = alice.cancel(alice.nonce());
    assertThat(cancelled.transaction().type()).isEqualTo(TxType.CANCEL);
    assertThat(cancelled.isSuccess()).isTrue();
    assertThatThrownBy(() -> alice.anchor(Bytes.of((byte) 1)))
        .isInstanceOfSatisfying(
            TransactionRejectedException.class,
            e -> assertThat(e.reason()).isEqualTo(RejectionReason.ANCHORING_NOT_ALLOWED));
    assertThat(alice.nonce()).isEqualTo(4);
  }

  @Test
  void anAccountGetsAnotherKeyAndKeepsItsAddress() {
    try (PrivateKey fresh = key()) {
      Receipt updated = alice.updateKey(new AccountKeyPublic(fresh.publicKey()));
      assertThat(updated.isSuccess()).isTrue();
      assertThat(updated.gasUsed()).isEqualTo(41_000);
      assertThatThrownBy(() -> alice.send(bob.address(), Amount.klay(1)))
          .isInstanceOfSatisfying(
              TransactionRejectedException.class,
              e -> assertThat(e.reason()).isEqualTo(RejectionReason.INVALID_SENDER));
      Account same = client.account(alice.address(), fresh);
      assertThat(same.send(bob.address(), Amount.klay(1)).isSuccess()).isTrue();
      assertThatThrownBy(
              () ->
                  same.send(
                      (head, fee) ->
                          new LegacyTx(head, Optional.of(bob.address()), Amount.ZERO, Bytes.EMPTY)))
          .isInstanceOf(TransactionRejectedException.class);
    }
  }

  @Test
  void anAccountOfSeveralKeysAndRoles() {
    try (PrivateKey first = key();
        PrivateKey second = key();
        PrivateKey update = key();
        PrivateKey pays = key()) {
      AccountKey two =
          new AccountKeyWeightedMultiSig(
              2,
              List.of(
                  new WeightedKey(1, first.publicKey()), new WeightedKey(1, second.publicKey())));
      alice.updateKey(
          new AccountKeyRoleBased(
              List.of(
                  two,
                  new AccountKeyPublic(update.publicKey()),
                  new AccountKeyPublic(pays.publicKey()))));
      KeyRing ring =
          KeyRing.of(Signer.of(first), Signer.of(second))
              .with(Role.ACCOUNT_UPDATE, Signer.of(update))
              .with(Role.FEE_PAYER, Signer.of(pays));
      Account shared = client.account(alice.address(), ring);
      Receipt sent = shared.send(bob.address(), Amount.klay(1));
      assertThat(sent.transaction().signatures()).hasSize(2);
      assertThat(sent.gasUsed()).isEqualTo(36_000);
      assertThatThrownBy(
              () -> client.account(alice.address(), first).send(bob.address(), Amount.klay(1)))
          .isInstanceOf(TransactionRejectedException.class);

      Sponsor sponsor = Sponsor.of(shared).perDay(Amount.klay(1));
      Receipt paidFor = bob.paidBy(sponsor).send(alice.address(), Amount.klay(1));
      assertThat(paidFor.transaction().feePayer()).contains(alice.address());

      assertThat(shared.updateKey(new AccountKeyPublic(first.publicKey())).isSuccess()).isTrue();
      assertThat(
              client.account(alice.address(), first).send(bob.address(), Amount.klay(1)).gasUsed())
          .isEqualTo(21_000);
    }
  }
}
