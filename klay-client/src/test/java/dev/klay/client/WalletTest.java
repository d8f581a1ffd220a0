package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.wallet.DamagedKeystoreException;
import dev.klay.client.wallet.NewWallet;
import dev.klay.client.wallet.RevealedKey;
import dev.klay.client.wallet.Wallet;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.PasswordPolicy;
import dev.klay.crypto.keystore.WeakPasswordException;
import dev.klay.crypto.keystore.WrongPasswordException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletTest {
  private static final char[] PASSWORD = "abcdef1!".toCharArray();

  @TempDir Path folder;

  private static NewWallet create() {
    return Wallet.create(PASSWORD, PasswordPolicy.aspen(), KeystoreCost.LIGHT);
  }

  @Tag("S20")
  @Tag("S22")
  @Tag("S23")
  @Test
  void fromNothingToAFundedBackedUpWalletThatSends() {
    Path file = folder.resolve("wallet.json");
    try (KlayChain chain = KlayChain.inMemory()) {
      Address address;
      try (NewWallet fresh = create()) {
        fresh.keystore().writeTo(file);
        address = fresh.address();
        try (RevealedKey shown = fresh.revealPrivateKey()) {
          try (PrivateKey same = PrivateKey.fromHex(new String(shown.hex()))) {
            assertThat(same.address()).isEqualTo(address);
          }
          assertThat(shown.toString()).doesNotContain(new String(shown.hex(), 2, 64));
        }
      }
      chain.client().faucet().drip(address);

      Address friend = chain.account(3).address();
      try (Wallet wallet = Wallet.open(chain.client(), Keystore.read(file), PASSWORD)) {
        Receipt paid = wallet.send(friend, Amount.klay(1), FeeLimit.of("0.001"));
        assertThat(paid.fee()).isEqualTo(Amount.klay("0.000525"));
        assertThat(wallet.balance()).isEqualTo(Amount.klay("998.999475"));
        assertThat(wallet.account().nonce()).isEqualTo(1);
      }
      assertThat(chain.account(3).balance()).isEqualTo(Amount.klay(10_001));
    }
  }

  @Test
  void aNewWalletCanSendAtOnce() {
    try (KlayChain chain = KlayChain.inMemory();
        NewWallet fresh = create();
        Wallet wallet = fresh.connect(chain.client())) {
      chain.client().faucet().drip(wallet.address());
      assertThat(wallet.send(chain.account(0).address(), Amount.klay(5)).isSuccess()).isTrue();
    }
  }

  @Tag("S21")
  @Test
  void theKeyIsShownOnceAndNotAfterClosing() {
    NewWallet fresh = create();
    RevealedKey shown = fresh.revealPrivateKey();
    assertThatThrownBy(fresh::revealPrivateKey).isInstanceOf(IllegalStateException.class);
    char[] hex = shown.hex();
    shown.close();
    assertThat(hex).containsOnly('\0');
    assertThatThrownBy(shown::hex).isInstanceOf(IllegalStateException.class);
    fresh.close();
  }

  @Test
  void aWeakPasswordIsRefusedWithWhatIsMissing() {
    assertThatThrownBy(() -> Wallet.create("abc1!".toCharArray(), PasswordPolicy.aspen()))
        .isInstanceOf(WeakPasswordException.class);
  }

  @Tag("S20")
  @Test
  void aWrongPasswordAndADamagedFileAreToldApart() {
    try (KlayChain chain = KlayChain.inMemory();
        NewWallet fresh = create()) {
      assertThatThrownBy(
              () -> Wallet.open(chain.client(), fresh.keystore(), "abcdef2!".toCharArray()))
          .isInstanceOf(WrongPasswordException.class);

      String json = fresh.keystore().toJson();
      int iv = json.indexOf("\"iv\"") + 8;
      char digit = json.charAt(iv) == '0' ? '1' : '0';
      Keystore damaged = Keystore.parse(json.substring(0, iv) + digit + json.substring(iv + 1));
      assertThatThrownBy(() -> Wallet.open(chain.client(), damaged, PASSWORD))
          .isInstanceOf(DamagedKeystoreException.class);
    }
  }
}
