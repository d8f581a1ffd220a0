package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.klay.client.faucet.FaucetCooldownException;
import dev.klay.client.wallet.DamagedKeystoreException;
import dev.klay.client.wallet.NewWallet;
import dev.klay.client.wallet.RevealedKey;
import dev.klay.client.wallet.Wallet;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.PasswordPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.InvalidAddressException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of SEED.md about people and their wallets that nothing else shows. */
class SeedWalletTest {
  private static final char[] PASSWORD = "abcdef1!".toCharArray();

  /** What a beginner would have to look up. "Keystore file" is what the seed itself calls it. */
  private static final Pattern CRYPTOGRAPHY =
      Pattern.compile(
          "cipher|scrypt|pbkdf|kdf|hmac|\\bmac\\b|\\bsalt|\\biv\\b|hash|digest|ellip|secp|ecdsa"
              + "|sign(er|atur|ing)|entropy|seed|nonce|private|public key|rlp|keccak|mnemonic");

  @TempDir private Path folder = Path.of("");

  /** S4: from nothing to a funded wallet with a backup. */
  @Tag("S4")
  @Test
  void threeCallsMakeAFundedWalletWithABackup() {
    Path file = folder.resolve("wallet.json");
    try (KlayChain chain = KlayChain.inMemory();
        NewWallet wallet = Wallet.create(PASSWORD, PasswordPolicy.aspen())) { // 1
      wallet.saveTo(file); // 2
      chain.client().faucet().drip(wallet.address()); // 3

      try (Wallet again = Wallet.open(chain.client(), Keystore.read(file), PASSWORD)) {
        assertThat(again.address()).isEqualTo(wallet.address());
        assertThat(again.balance()).isEqualTo(Amount.klay(1000));
      }
    }
  }

  /** S4: neither the three calls nor what they say when they fail need a dictionary. */
  @Tag("S4")
  @Test
  void noSignatureAndNoMessageOfTheThreeHasATermOfCryptography() throws Exception {
    List<Method> calls =
        List.of(
            Wallet.class.getMethod("create", char[].class, PasswordPolicy.class),
            NewWallet.class.getMethod("saveTo", Path.class),
            dev.klay.client.faucet.Faucet.class.getMethod("drip", Address.class));
    for (Method call : calls) {
      Stream<String> words =
          Stream.concat(
              Stream.of(call.getName(), call.getReturnType().getSimpleName()),
              Arrays.stream(call.getParameters()).flatMap(SeedWalletTest::words));
      assertThat(words).noneMatch(SeedWalletTest::isCryptography);
    }
    Path file = folder.resolve("wallet.json");
    Files.createFile(file);
    try (KlayChain chain = KlayChain.inMemory();
        NewWallet wallet = Wallet.create(PASSWORD, PasswordPolicy.aspen(), KeystoreCost.LIGHT)) {
      chain.client().faucet().drip(wallet.address());
      List<ThrowingCallable> mistakes = new ArrayList<>();
      for (String weak : List.of("abc1!", "abcdefgh1", "abcdefgh!", "")) {
        mistakes.add(() -> Wallet.create(weak.toCharArray(), PasswordPolicy.aspen()));
      }
      mistakes.add(() -> wallet.saveTo(file)); // there is one already
      mistakes.add(() -> wallet.saveTo(folder.resolve("nowhere").resolve("wallet.json")));
      mistakes.add(() -> chain.client().faucet().drip(wallet.address()));
      for (ThrowingCallable mistake : mistakes) {
        assertThatThrownBy(mistake)
            .satisfies(e -> assertThat(isCryptography(String.valueOf(e.getMessage()))).isFalse());
      }
    }
  }

  private static Stream<String> words(Parameter parameter) {
    return Stream.of(parameter.getName(), parameter.getType().getSimpleName());
  }

  private static boolean isCryptography(String text) {
    return CRYPTOGRAPHY.matcher(text.toLowerCase(Locale.ROOT)).find();
  }

  /**
   * S21: once shown and closed, the key is nowhere in the heap: not as bytes, not as text, not in a
   * number. What is looked for is kept inverted, or the test would find itself.
   */
  @Tag("S21")
  @Test
  void afterClosingNothingOfTheKeyIsInTheHeap() throws Exception {
    List<byte[]> inverted = new ArrayList<>();
    try (KlayChain chain = KlayChain.inMemory()) {
      NewWallet fresh = Wallet.create(PASSWORD, PasswordPolicy.aspen(), KeystoreCost.LIGHT);
      chain.client().faucet().drip(fresh.address());
      Wallet wallet = fresh.connect(chain.client());
      wallet.send(chain.account(0).address(), Amount.klay(1)); // signs with it
      RevealedKey shown = fresh.revealPrivateKey();
      remember(shown.hex(), inverted);
      assertThat(shown.toString() + fresh + wallet + fresh.keystore())
          .doesNotContain(new String(digits(inverted), StandardCharsets.US_ASCII));
      assertThat(placesOf(inverted)).as("while it is open").isPositive();
      shown.close();
      fresh.close();
      wallet.close();
      assertThatThrownBy(shown::hex).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(fresh::revealPrivateKey).hasMessageNotContaining("0x");
      assertThat(placesOf(inverted)).as("places in the heap").isZero();
    }
  }

  /** As bytes, as text of one byte a character, and as text of two. */
  private static void remember(char[] hex, List<byte[]> inverted) {
    byte[] secret = new byte[32];
    byte[] latin = new byte[64];
    byte[] wide = new byte[128];
    for (int i = 0; i < 64; i++) {
      char digit = hex[i + 2];
      secret[i / 2] |= (byte) (Character.digit(digit, 16) << (i % 2 == 0 ? 4 : 0));
      latin[i] = (byte) ~digit;
      wide[2 * i] = (byte) ~0;
      wide[2 * i + 1] = (byte) ~digit;
    }
    for (int i = 0; i < 32; i++) {
      secret[i] = (byte) ~secret[i];
    }
    inverted.addAll(List.of(secret, latin, wide));
  }

  private static byte[] digits(List<byte[]> inverted) {
    byte[] digits = inverted.get(1).clone();
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) ~digits[i];
    }
    return digits;
  }

  /** How often one of them stands in a dump of all objects that are alive. */
  private int placesOf(List<byte[]> inverted) throws IOException {
    Path dump = folder.resolve("heap.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);
    int found = 0;
    int longest = 128;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(dump), 1 << 20)) {
      byte[] window = new byte[1 << 20];
      int kept = 0;
      for (int read = in.readNBytes(window, 0, window.length);
          read > 0;
          read = in.readNBytes(window, kept, window.length - kept)) {
        int end = kept + read;
        for (byte[] pattern : inverted) {
          found += count(window, end, pattern);
        }
        kept = Math.min(longest, end);
        System.arraycopy(window, end - kept, window, 0, kept);
      }
      Arrays.fill(window, (byte) 0);
    } finally {
      Files.delete(dump);
    }
    return found;
  }

  private static int count(byte[] window, int end, byte[] inverted) {
    int found = 0;
    for (int i = 0; i + inverted.length <= end; i++) {
      int matching = 0;
      while (matching < inverted.length && window[i + matching] == (byte) ~inverted[matching]) {
        matching++;
      }
      found += matching == inverted.length ? 1 : 0;
    }
    return found;
  }

  /** S27. */
  @Tag("S27")
  @Test
  void theAddressIsShownWithItsChecksumAndATypoInARecipientIsRefusedBeforeSigning() {
    try (KlayChain chain = KlayChain.inMemory();
        NewWallet fresh = Wallet.create(PASSWORD, PasswordPolicy.aspen(), KeystoreCost.LIGHT);
        Wallet wallet = fresh.connect(chain.client())) {
      chain.client().faucet().drip(wallet.address());
      String shown = wallet.address().toString();
      assertThat(Address.parse(shown)).isEqualTo(wallet.address());
      assertThat(shown).isNotEqualTo(shown.toLowerCase(Locale.ROOT));

      String typo = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92267"; // ...66
      assertThatThrownBy(() -> wallet.send(Address.parse(typo), Amount.klay(1)))
          .isInstanceOf(InvalidAddressException.class)
          .hasMessageContaining("checksum");
      assertThat(wallet.account().nonce()).isZero();
      assertThat(wallet.balance()).isEqualTo(Amount.klay(1000));
    }
  }

  /** S22: what cannot be the wallet's key is no wallet. */
  @Tag("S22")
  @Test
  void passwordAndFileRestoreTheSameAddressAndNothingElseDoes() {
    Path file = folder.resolve("wallet.json");
    try (KlayChain chain = KlayChain.inMemory();
        NewWallet fresh = Wallet.create(PASSWORD, PasswordPolicy.aspen(), KeystoreCost.LIGHT)) {
      fresh.saveTo(file);
      try (Wallet again = Wallet.open(chain.client(), Keystore.read(file), PASSWORD)) {
        assertThat(again.address()).isEqualTo(fresh.address());
      }
      assertThatThrownBy(
              () -> Wallet.open(chain.client(), Keystore.read(file), "abcdef1?".toCharArray()))
          .isNotInstanceOf(DamagedKeystoreException.class)
          .hasMessageContaining("password");
    }
  }

  /** S30: twenty readers of a blog get 1,000 KLAY each. */
  @Tag("S30")
  @Test
  void twentyPaymentsAreFinalWithinTwoBlocksWithNoncesInARow() {
    ChainSpec spec = ChainSpec.aspen().withValidators(4).withBlockPeriod(Duration.ofSeconds(1));
    try (KlayChain chain = KlayChain.of(spec.withChainId(1001), 1);
        NewWallet fresh = Wallet.create(PASSWORD, PasswordPolicy.aspen(), KeystoreCost.LIGHT);
        Wallet blogger = fresh.connect(chain.client())) {
      for (int i = 0; i < 3; i++) {
        chain.account(i).send(blogger.address(), Amount.klay(7_000));
      }
      List<Payment> payments =
          IntStream.range(0, 20)
              .mapToObj(i -> new Payment(chain.newAccount().address(), Amount.klay(1_000)))
              .toList();
      long before = chain.client().height();
      BatchReport report = blogger.sendAll(payments);

      assertThat(report.isComplete()).isTrue();
      assertThat(report.receipts())
          .extracting(receipt -> receipt.transaction().tx().nonce())
          .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> (long) i).toList());
      assertThat(report.receipts().stream().mapToLong(Receipt::blockNumber))
          .allMatch(block -> block <= before + 2);
      payments.forEach(
          paid -> assertThat(chain.client().balance(paid.to())).isEqualTo(Amount.klay(1_000)));
      assertThatThrownBy(() -> blogger.sendAll(payments)) // all or none
          .isInstanceOf(InsufficientFundsException.class);
      assertThat(blogger.account().nonce()).isEqualTo(20);
    }
  }

  /** S29: neither a restart nor another ranger makes the wait shorter. */
  @Tag("S29")
  @Test
  void theFaucetsWaitSurvivesRestartsAndAnotherRanger() {
    Address me = Address.parse("0x" + "ab".repeat(20));
    ChainSpec spec = ChainSpec.development();
    long paidIn;
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(2).data(folder).start()) {
      paidIn = KlayClient.of(network.rangers().get(0)).faucet().drip(me).blockNumber();
      assertThatThrownBy(() -> KlayClient.of(network.rangers().get(1)).faucet().drip(me))
          .isInstanceOf(FaucetCooldownException.class);
    }
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(2).data(folder).start()) {
      network.awaitHeightEverywhere(paidIn);
      for (int ranger = 0; ranger < 2; ranger++) {
        KlayClient client = KlayClient.of(network.rangers().get(ranger));
        assertThatThrownBy(() -> client.faucet().drip(me))
            .isInstanceOfSatisfying(
                FaucetCooldownException.class, e -> assertThat(e.blocks()).isEqualTo(900));
      }
      assertThat(KlayClient.of(network).balance(me)).isEqualTo(Amount.klay(1_000));
    }
  }
}
