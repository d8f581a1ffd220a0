package dev.klay.crypto.mnemonic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.secp256k1.InvalidKeyException;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.Signature;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.MnemonicUtils;

class MnemonicTest {
  private static final String JUNK = "test test test test test test test test test test test junk";

  @Test
  void generatesPhrasesOfEachLength() {
    for (int words : new int[] {12, 15, 18, 21, 24}) {
      try (Mnemonic made = Mnemonic.generate(words, new SecureRandom())) {
        String phrase = new String(made.reveal());
        assertThat(phrase.split(" ")).hasSize(words);
        assertThat(made.wordCount()).isEqualTo(words);
        assertThat(MnemonicUtils.validateMnemonic(phrase)).isTrue();
        assertThat(new String(Mnemonic.parse(made.reveal()).reveal())).isEqualTo(phrase);
      }
    }
    assertThatThrownBy(() -> Mnemonic.generate(13, new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mnemonic.ofEntropy(new byte[17]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 200)
  void agreesWithWeb3j(@ForAll @Size(32) byte[] entropy) {
    byte[] part = Arrays.copyOf(entropy, 16 + 4 * Math.floorMod(entropy[0], 5));
    try (Mnemonic made = Mnemonic.ofEntropy(part)) {
      assertThat(new String(made.reveal())).isEqualTo(MnemonicUtils.generateMnemonic(part));
    }
  }

  @Test
  void knownAccountsOfTheCommonTestPhrase() {
    try (Mnemonic mnemonic = Mnemonic.parse(JUNK.toCharArray());
        ExtendedPrivateKey master = mnemonic.masterKey(new char[0]);
        PrivateKey ethereum = master.derive(HdPath.ethereum(0)).privateKey();
        PrivateKey klaytn = master.derive(HdPath.klaytn(0)).privateKey()) {
      assertThat(ethereum.address()).hasToString("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
      assertThat(klaytn.address().toHex()).isEqualTo("0xe24b81af2e5327f6c814f5711badfe4107ad3bb2");
    }
  }

  @Test
  void derivesAsWeb3jDoes() {
    byte[] seed = new byte[64];
    new Random(7).nextBytes(seed);
    Bip32ECKeyPair theirs = Bip32ECKeyPair.generateKeyPair(seed);
    try (ExtendedPrivateKey ours = ExtendedPrivateKey.ofSeed(seed)) {
      for (int i = 0; i < 50; i++) {
        HdPath path = HdPath.parse("m/44'/8217'/" + i + "'/1/" + 31 * i);
        int[] indexes = path.indexes().stream().mapToInt(Integer::intValue).toArray();
        assertThat(new BigInteger(1, ours.derive(path).privateKey().exportSecret()))
            .isEqualTo(Bip32ECKeyPair.deriveKeyPair(theirs, indexes).getPrivateKey());
      }
    }
  }

  @Test
  void spacesAndCaseOfTypedPhrasesDoNotMatter() {
    String typed = "\t TEST " + JUNK.substring(5).replace(" ", "  \n") + "  ";
    assertThat(new String(Mnemonic.parse(typed.toCharArray()).reveal())).isEqualTo(JUNK);
  }

  @Test
  void errorsNameThePositionNotTheWord() {
    assertRefused(JUNK.replace("junk", "jonk"), "word 12 is not in the English list");
    assertRefused("abandonnnnn " + JUNK, "word 1 is not in the English list");
    assertRefused(JUNK.replace("junk", "test"), "the checksum does not match");
    assertRefused(JUNK + " test", "12, 15, 18, 21 or 24 words, not 13");
    assertRefused("", "12, 15, 18, 21 or 24 words, not 0");
    assertRefused(JUNK + " " + JUNK + " test", "at most 24 words");
  }

  private static void assertRefused(String phrase, String message) {
    assertThatThrownBy(() -> Mnemonic.parse(phrase.toCharArray()))
        .isInstanceOf(InvalidMnemonicException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aPhraseIsNotPrintedAndCloses() {
    Mnemonic mnemonic = Mnemonic.parse(JUNK.toCharArray());
    assertThat(mnemonic).hasToString("Mnemonic of 12 words");
    mnemonic.close();
    assertThatThrownBy(mnemonic::reveal).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void extendedKeysCloseAndDoNotPrintTheSecret() {
    ExtendedPrivateKey master = ExtendedPrivateKey.ofSeed(new byte[16]);
    assertThat(master.toString()).doesNotContain("xprv").contains("depth 0");
    PrivateKey key = master.privateKey();
    master.close();
    assertThat(key.exportSecret()).hasSize(32);
    assertThatThrownBy(() -> master.derive(HdPath.klaytn(0)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ExtendedPrivateKey.ofSeed(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textThatIsNoExtendedKeyIsRefused() {
    char[] good = ExtendedPrivateKey.ofSeed(new byte[16]).reveal();
    for (int i = 0; i < good.length; i++) {
      char[] changed = good.clone();
      changed[i] = changed[i] == '2' ? '3' : '2';
      assertThatThrownBy(() -> ExtendedPrivateKey.parse(changed))
          .isInstanceOf(InvalidKeyException.class);
      char[] cut = Arrays.copyOf(good, i);
      assertThatThrownBy(() -> ExtendedPrivateKey.parse(cut))
          .isInstanceOf(InvalidKeyException.class);
    }
    for (String bad : List.of("0OIl", "1".repeat(200), "z".repeat(500))) {
      assertThatThrownBy(() -> ExtendedPublicKey.parse(bad))
          .isInstanceOf(InvalidKeyException.class);
    }
  }

  @Property(tries = 500)
  void scalarsAddLikeBigIntegers(@ForAll @Size(32) byte[] a, @ForAll @Size(32) byte[] b) {
    BigInteger n = Signature.N.toBigInteger();
    BigInteger x = new BigInteger(1, a).mod(n);
    BigInteger y = new BigInteger(1, b).mod(n);
    for (BigInteger tweak :
        List.of(y, BigInteger.ZERO, n.subtract(BigInteger.ONE), n.subtract(x).mod(n))) {
      assertThat(
              new BigInteger(
                  1,
                  Scalars.addModN(
                      BigIntegers.asUnsignedByteArray(32, x),
                      BigIntegers.asUnsignedByteArray(32, tweak))))
          .isEqualTo(x.add(tweak).mod(n));
    }
    assertThatThrownBy(() -> Scalars.addModN(a, Signature.N.toBytes32()))
        .isInstanceOf(InvalidKeyException.class);
  }
}
