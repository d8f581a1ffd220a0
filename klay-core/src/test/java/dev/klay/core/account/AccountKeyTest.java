package dev.klay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountKeyTest {
  private static final PublicKey ONE = publicKey(1);
  private static final PublicKey TWO = publicKey(2);
  private static final Address SOMEONE = Address.ZERO;

  @Test
  void weightsThatSumBeyond64BitsCannotBeInstalled() {
    assertThat(multiSig(1, -1, 1).checkInstallable())
        .contains(KeyUpdateError.WEIGHTED_SUM_OVERFLOW);
  }

  @Test
  void thresholdAndWeightsAreUnsigned() {
    AccountKey key = multiSig(-1, -2, 1);
    assertThat(key.checkInstallable()).isEmpty();
    assertThat(AccountKey.decode(key.encode())).isEqualTo(key);
    assertThat(key.isSatisfiedBy(List.of(ONE), SOMEONE, Role.TRANSACTION, true)).isFalse();
    assertThat(key.isSatisfiedBy(List.of(ONE, TWO), SOMEONE, Role.TRANSACTION, true)).isTrue();
  }

  @Test
  void istanbulChargesForSignaturesInsteadOfKeys() {
    AccountKey key = new AccountKeyRoleBased(List.of(multiSig(1, 1, 1)));
    assertThat(key.validationGas(Role.FEE_PAYER, 1, true)).isZero();
    assertThat(key.validationGas(Role.FEE_PAYER, 2, true)).isEqualTo(15_000);
    assertThat(key.validationGas(Role.FEE_PAYER, 1, false)).isEqualTo(15_000);
    assertThat(AccountKey.LEGACY.validationGas(Role.TRANSACTION, 1, true)).isZero();
  }

  @Test
  void aSignerIsContainedInWhateverRole() {
    AccountKey key =
        new AccountKeyRoleBased(
            List.of(AccountKey.LEGACY, AccountKey.FAIL, new AccountKeyPublic(TWO)));
    assertThat(key.contains(TWO, SOMEONE)).isTrue();
    assertThat(key.contains(ONE, ONE.toAddress())).isTrue();
    assertThat(key.contains(ONE, SOMEONE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "06c0",
        "01",
        "0180",
        "01c101",
        "01c0c0",
        "8001c0",
        "0003",
        "02a002",
        "80c0",
        "05c101",
        "02a1020000000000000000000000000000000000000000000000000000000000000000",
        "04c101",
        "04c3010000",
        "05c3820100",
        "05c20100",
        "c101"
      })
  void otherFormsAreRefused(String hex) {
    assertThatThrownBy(() -> AccountKey.decode(Bytes.fromHex(hex)))
        .isInstanceOf(DecodingException.class);
  }

  @Test
  void nestingIsDecodedUpToItsLimitAndNeverInstalled() {
    AccountKey deepest = nested(AccountKeyReader.NESTING_MAX);
    assertThat(AccountKey.decode(deepest.encode())).isEqualTo(deepest);
    assertThat(deepest.checkInstallable()).contains(KeyUpdateError.NESTED_ROLE_BASED_KEY);
    Bytes deeper = nested(AccountKeyReader.NESTING_MAX + 1).encode();
    assertThatThrownBy(() -> AccountKey.decode(deeper)).isInstanceOf(DecodingException.class);
  }

  @Test
  void onlyExternallyOwnedAccountsUpdateTheirKeys() {
    Account owned = account(AccountType.EXTERNALLY_OWNED, AccountKey.LEGACY);
    Account contract = account(AccountType.SMART_CONTRACT, AccountKey.FAIL);
    AccountKey update = new AccountKeyPublic(ONE);
    assertThat(owned.checkKeyUpdate(update)).isEmpty();
    assertThat(contract.checkKeyUpdate(update)).contains(KeyUpdateError.NOT_MODIFIABLE);
  }

  @Test
  void anAccountIsEmptyWhenNothingWouldBeLost() {
    assertThat(account(AccountType.EXTERNALLY_OWNED, AccountKey.LEGACY).isEmpty()).isTrue();
    assertThat(account(AccountType.EXTERNALLY_OWNED, AccountKey.FAIL).isEmpty()).isFalse();
    assertThat(account(AccountType.SMART_CONTRACT, AccountKey.FAIL).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01c4808080" + "80",
        "01c580800101c0",
        "00c580808001c0",
        "03c580808001c0",
        "02c580808001c0",
        "01c680808001c080",
        "01c580808001c0" + "80",
        "01f847c580808001c0a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421a0c5d2"
            + "460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a47080",
      })
  void accountsOfOtherFormAreRefused(String hex) {
    assertThatThrownBy(() -> AccountLeaf.decode(Bytes.fromHex(hex)))
        .isInstanceOf(DecodingException.class);
  }

  @Test
  void nonceAndBalanceUseTheirWholeRange() {
    Account account =
        new Account(
            AccountType.EXTERNALLY_OWNED,
            -1,
            Amount.peb(UInt256.MAX),
            AccountKey.LEGACY,
            Storage.EMPTY,
            Code.EMPTY);
    assertThat(AccountLeaf.decode(account.encode())).isEqualTo(account.leaf());
  }

  private static Account account(AccountType type, AccountKey key) {
    return new Account(type, 0, Amount.ZERO, key, Storage.EMPTY, Code.EMPTY);
  }

  private static AccountKey nested(int levels) {
    return IntStream.range(0, levels)
        .boxed()
        .reduce(
            AccountKey.LEGACY,
            (inner, level) -> new AccountKeyRoleBased(List.of(inner)),
            (a, b) -> b);
  }

  private static AccountKeyWeightedMultiSig multiSig(long threshold, long first, long second) {
    return new AccountKeyWeightedMultiSig(
        threshold, List.of(new WeightedKey(first, ONE), new WeightedKey(second, TWO)));
  }

  private static PublicKey publicKey(int number) {
    byte[] secret = new byte[32];
    secret[31] = (byte) number;
    return PrivateKey.of(secret).publicKey();
  }
}
