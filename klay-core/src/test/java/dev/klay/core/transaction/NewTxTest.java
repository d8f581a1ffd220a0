package dev.klay.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.account.AccountKey;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.keystore.KeyRole;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NewTxTest {
  private static final long CHAIN = 1000;
  private static final PrivateKey ALICE = key(1);
  private static final PrivateKey SECOND = key(2);
  private static final PrivateKey SPONSOR = key(3);
  private static final Address ME = ALICE.address();
  private static final Address BOB = key(4).address();
  private static final Bytes DATA = Bytes.of((byte) 1, (byte) 0, (byte) 2);
  private static final Amount PRICE = Amount.ston(25);

  private static PrivateKey key(int number) {
    return PrivateKey.of(Keccak256.hash(new byte[] {7, (byte) number}).toArray());
  }

  static Stream<TxDraft<? extends KlaytnTx>> klaytnKinds() {
    return Stream.of(
        transfer(),
        NewTx.memo().from(ME).to(BOB).noValue().memo(DATA).nonce(1).gasPrice(PRICE).gas(9),
        NewTx.accountUpdate().from(ME).key(AccountKey.FAIL).nonce(2).gasPrice(PRICE).gas(9),
        NewTx.deploy().from(ME).noValue().input(DATA).nonce(3).gasPrice(PRICE).gas(9),
        NewTx.execution().from(ME).to(BOB).noValue().input(DATA).nonce(4).gasPrice(PRICE).gas(9),
        NewTx.cancel().from(ME).nonce(5).gasPrice(PRICE).gas(9),
        NewTx.anchoring().from(ME).data(DATA).nonce(6).gasPrice(PRICE).gas(9));
  }

  private static TxDraft<ValueTransferTx> transfer() {
    return NewTx.valueTransfer()
        .from(ME)
        .to(BOB)
        .value(Amount.klay("1.5"))
        .nonce(0)
        .gasPrice(PRICE)
        .gas(21_000);
  }

  static Stream<EthereumTxDraft> ethereumKinds() {
    Authorization permission = Authorization.sign(CHAIN, BOB, 5, SECOND);
    return Stream.of(
        NewTx.legacy().to(BOB).noValue().input(DATA).nonce(0).gasPrice(PRICE).gas(9),
        NewTx.legacy().create().noValue().input(DATA).nonce(0).gasPrice(PRICE).gas(9),
        NewTx.ethereumAccessList()
            .to(BOB)
            .noValue()
            .noInput()
            .noAccessList()
            .nonce(1)
            .gasPrice(PRICE)
            .gas(9),
        NewTx.ethereumDynamicFee()
            .create()
            .noValue()
            .input(DATA)
            .accessList(new AccessList(List.of(new AccessList.Entry(BOB, List.of()))))
            .nonce(2)
            .fees(Amount.ZERO, PRICE)
            .gas(9),
        NewTx.ethereumSetCode()
            .to(BOB)
            .noValue()
            .noInput()
            .noAccessList()
            .authorizations(permission)
            .nonce(3)
            .fees(Amount.ZERO, PRICE)
            .gas(9));
  }

  @ParameterizedTest
  @MethodSource("klaytnKinds")
  void everyKindIsSignedBySeveralKeysAndReadBack(TxDraft<? extends KlaytnTx> draft) {
    SignedTx signed = draft.sign(CHAIN, ALICE, SECOND);
    SignedTx read = SignedTx.decode(signed.encode());
    assertThat(read).isEqualTo(signed);
    assertThat(read.tx()).isEqualTo(draft.build());
    assertThat(read.signers()).containsExactly(ALICE.publicKey(), SECOND.publicKey());
    assertThat(read.senderTxHash()).isEqualTo(read.hash());
    assertThat(read.payer()).isEqualTo(ME);
  }

  @ParameterizedTest
  @MethodSource("klaytnKinds")
  void everyKindIsSignedByPartiesThatShareNoKeys(TxDraft<? extends KlaytnTx> draft) {
    PartialTx ofAlice = draft.feeDelegated(30).signAsSender(CHAIN, ALICE);
    PartialTx ofSecond = PartialTx.decode(ofAlice.encode()).sign(CHAIN, List.of(SECOND));
    PartialTx ofSponsor =
        draft
            .feeDelegated(30)
            .unsigned()
            .signAsFeePayer(CHAIN, SPONSOR.address(), List.of(SPONSOR));
    SignedTx one = ofSecond.combine(PartialTx.decode(ofSponsor.encode())).complete();
    SignedTx other = ofAlice.combine(ofSponsor).combine(ofSecond).combine(ofAlice).complete();

    assertThat(other).isEqualTo(one);
    assertThat(one.type().hasFeeRatio()).isTrue();
    assertThat(SignedTx.decode(one.encode())).isEqualTo(one);
    assertThat(one.signers()).containsExactly(ALICE.publicKey(), SECOND.publicKey());
    assertThat(one.feePayerSigners()).containsExactly(SPONSOR.publicKey());
    assertThat(one.feePayer()).contains(SPONSOR.address());
    assertThat(one.senderTxHash()).isEqualTo(ofSecond.senderTxHash()).isNotEqualTo(one.hash());
  }

  @ParameterizedTest
  @MethodSource("ethereumKinds")
  void everyKindOfEthereumsIsSignedByItsSender(EthereumTxDraft draft) {
    SignedTx signed = draft.sign(CHAIN, ALICE);
    assertThat(SignedTx.decode(signed.encode())).isEqualTo(signed);
    assertThat(signed.sender()).isEqualTo(ME);
    assertThat(signed.chainId()).contains(CHAIN);
  }

  @Test
  void whoHasNotSignedIsNamed() {
    PartialTx half = transfer().feeDelegated().signAsSender(CHAIN, ALICE);
    assertThat(half.isComplete()).isFalse();
    assertThat(half)
        .hasToString(
            "TxTypeFeeDelegatedValueTransfer of " + ME + ", the fee payer has not signed yet");
    assertThatThrownBy(half::complete).hasMessageContaining("the fee payer has not signed");
    assertThatThrownBy(() -> transfer().unsigned().complete())
        .hasMessageContaining("the sender has not signed");
    assertThatThrownBy(() -> transfer().unsigned().senderTxHash())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatDoesNotBelongTogetherIsNotCombined() {
    PartialTx half = transfer().feeDelegated().signAsSender(CHAIN, ALICE);
    PartialTx full = half.signAsFeePayer(CHAIN, SPONSOR.address(), List.of(SPONSOR));
    assertThatThrownBy(() -> full.signAsFeePayer(CHAIN, BOB, List.of(SECOND)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(SPONSOR.address().toString());
    assertThatThrownBy(() -> half.combine(transfer().feeDelegated(9).unsigned()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the same transaction");
    assertThatThrownBy(() -> half.sign(CHAIN + 1, List.of(SECOND)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different chains");
    assertThatThrownBy(() -> transfer().unsigned().signAsFeePayer(CHAIN, BOB, List.of(SECOND)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has no fee payer");
    assertThatThrownBy(
            () ->
                PartialTx.of(
                    NewTx.legacy()
                        .to(BOB)
                        .noValue()
                        .noInput()
                        .nonce(0)
                        .gasPrice(PRICE)
                        .gas(9)
                        .sign(CHAIN, ALICE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeystoreSignsWithTheKeysOfTheRole() {
    Keystore keystore =
        Keystore.encrypt(
            ME,
            Map.of(
                KeyRole.TRANSACTION, List.of(ALICE),
                KeyRole.ACCOUNT_UPDATE, List.of(SECOND),
                KeyRole.FEE_PAYER, List.of(SPONSOR)),
            "a long enough password 1!".toCharArray(),
            KeystoreCost.LIGHT,
            new SecureRandom());
    try (var open = keystore.unlock("a long enough password 1!".toCharArray())) {
      assertThat(transfer().sign(CHAIN, open).signers()).containsExactly(ALICE.publicKey());
      SignedTx update =
          NewTx.accountUpdate()
              .from(ME)
              .key(AccountKey.FAIL)
              .nonce(0)
              .gasPrice(PRICE)
              .gas(9)
              .sign(CHAIN, open);
      assertThat(update.signers()).containsExactly(SECOND.publicKey());
      SignedTx paid =
          transfer()
              .feeDelegated()
              .signAsSender(CHAIN, open)
              .signAsFeePayer(CHAIN, open)
              .complete();
      assertThat(paid.feePayerSigners()).containsExactly(SPONSOR.publicKey());
      assertThat(paid.feePayer()).contains(ME);
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> transfer().feeDelegated(100))
        .hasMessageContaining("fee ratio is out of range [1, 99]");
    assertThatThrownBy(() -> transfer().feeDelegated(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NewTx.cancel().from(ME).nonce(0).gasPrice(PRICE).gas(-1))
        .isInstanceOf(IllegalArgumentException.class);
    var fees = NewTx.ethereumDynamicFee().to(BOB).noValue().noInput().noAccessList().nonce(0);
    assertThatThrownBy(() -> fees.fees(PRICE, Amount.ston(24)).gas(9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("priority price");
  }

  @Test
  void aPermissionNamesItsOwnerAndAForgedOneNobody() {
    Authorization permission = Authorization.sign(0, BOB, 7, ALICE);
    assertThat(permission.authority()).contains(ME);
    Authorization forged =
        new Authorization(permission.chainId(), BOB, 7, 4, permission.r(), permission.s());
    assertThat(forged.authority()).isEmpty();
    Authorization high =
        new Authorization(
            permission.chainId(), BOB, 7, permission.yParity(), permission.r(), UInt256.MAX);
    assertThat(high.authority()).isEmpty();
  }
}
