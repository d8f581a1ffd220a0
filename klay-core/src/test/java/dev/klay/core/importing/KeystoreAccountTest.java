package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyRoleBased;
import dev.klay.core.account.AccountKeyWeightedMultiSig;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.transaction.NewTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxDraft;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.keystore.KeyRole;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A V4 keystore of several keys, and the account on a chain that they control. */
class KeystoreAccountTest {
  private static final PrivateKey ALICE = TestChain.key(1);
  private static final Address ME = ALICE.address();
  private static final Address BOB = TestChain.key(2).address();
  private static final String PASSWORD = "a long enough password 1!";

  private final TestChain test =
      new TestChain(
          ChainSpec.aspen().withValidators(1).withAccounts(List.of(ME), Amount.klay(1000)));
  private final long chainId = test.chain.spec().chainId();

  /** Through JSON and back, as another program would get it. */
  private static UnlockedKeystore keystore(Map<KeyRole, List<PrivateKey>> keys) {
    Keystore made =
        Keystore.encrypt(ME, keys, PASSWORD.toCharArray(), KeystoreCost.LIGHT, new SecureRandom());
    assertThat(made.version()).isEqualTo(4);
    return Keystore.parse(made.toJson()).unlock(PASSWORD.toCharArray());
  }

  private void give(AccountKey key) {
    test.grow(
        NewTx.accountUpdate()
            .from(ME)
            .key(key)
            .nonce(0)
            .gasPrice(Amount.ston(25))
            .gas(500_000)
            .sign(chainId, ALICE));
    assertThat(test.chain.head().state().key(ME)).isEqualTo(key);
  }

  private static TxDraft<ValueTransferTx> transfer(long nonce) {
    return NewTx.valueTransfer()
        .from(ME)
        .to(BOB)
        .value(Amount.klay(1))
        .nonce(nonce)
        .gasPrice(Amount.ston(25))
        .gas(200_000);
  }

  private void assertRefused(SignedTx tx) {
    assertThat(test.build(List.of(tx).iterator()).refused().get(tx).reason())
        .isEqualTo(RejectionReason.INVALID_SENDER);
  }

  @Test
  void anAccountOfSeveralKeysSendsByItsKeystore() {
    List<PrivateKey> keys = List.of(TestChain.key(3), TestChain.key(4), TestChain.key(5));
    try (UnlockedKeystore open = keystore(Map.of(KeyRole.TRANSACTION, keys))) {
      AccountKey key = AccountKey.of(open);
      assertThat(key).isInstanceOf(AccountKeyWeightedMultiSig.class);
      give(key);
      assertRefused(transfer(1).sign(chainId, ALICE));
      assertRefused(transfer(1).sign(chainId, keys.get(0), keys.get(1)));
      test.grow(transfer(1).sign(chainId, open));
      assertThat(test.chain.head().state().balance(BOB)).isEqualTo(Amount.klay(1));
    }
  }

  @Test
  void anAccountOfRolesSendsPaysAndUpdatesByItsKeystore() {
    List<PrivateKey> updaters = List.of(TestChain.key(6), TestChain.key(7));
    Map<KeyRole, List<PrivateKey>> keys =
        Map.of(
            KeyRole.TRANSACTION, List.of(TestChain.key(3)),
            KeyRole.ACCOUNT_UPDATE, updaters,
            KeyRole.FEE_PAYER, List.of(TestChain.key(8)));
    try (UnlockedKeystore open = keystore(keys)) {
      AccountKey key = AccountKey.of(open);
      assertThat(key).isInstanceOf(AccountKeyRoleBased.class);
      give(key);
      test.grow(
          transfer(1)
              .feeDelegated(40)
              .signAsSender(chainId, open)
              .signAsFeePayer(chainId, open)
              .complete());
      SignedTx update =
          NewTx.accountUpdate()
              .from(ME)
              .key(AccountKey.FAIL)
              .nonce(2)
              .gasPrice(Amount.ston(25))
              .gas(500_000)
              .sign(chainId, open);
      assertThat(update.signatures()).hasSize(2);
      test.grow(update);
      assertThat(test.chain.head().state().key(ME)).isEqualTo(AccountKey.FAIL);
      assertRefused(transfer(3).sign(chainId, open));
    }
  }

  @Test
  void aRoleWithoutKeysIsThatOfTransactions() {
    Map<KeyRole, List<PrivateKey>> keys =
        Map.of(
            KeyRole.TRANSACTION, List.of(TestChain.key(3)),
            KeyRole.FEE_PAYER, List.of(TestChain.key(8)));
    try (UnlockedKeystore open = keystore(keys)) {
      AccountKeyRoleBased key = (AccountKeyRoleBased) AccountKey.of(open);
      assertThat(key.keys()).hasSize(3);
      assertThat(key.keys().get(1)).isEqualTo(key.keys().get(0));
    }
  }
}
