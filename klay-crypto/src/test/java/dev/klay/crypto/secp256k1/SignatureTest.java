package dev.klay.crypto.secp256k1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
  private static final Hash DIGEST = Keccak256.hash(Bytes.EMPTY);

  private final PrivateKey key = PrivateKey.generate(new SecureRandom());
  private final Signature signature = key.sign(DIGEST);

  /** Widely published answers for RFC 6979 with SHA-256 on this curve. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000001,Satoshi Nakamoto,"
        + "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
        + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
    "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140,Satoshi Nakamoto,"
        + "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0"
        + "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5",
    "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181,Alan Turing,"
        + "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c"
        + "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"
  })
  void deterministicSignatures(String secret, String message, String expected) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(message.getBytes(StandardCharsets.US_ASCII));
    try (PrivateKey published = PrivateKey.fromHex(secret)) {
      Signature made = published.sign(Hash.of(digest));
      assertThat(made.encode().slice(0, 64)).isEqualTo(Bytes.fromHex(expected));
      assertThat(made.recover(Hash.of(digest))).isEqualTo(published.publicKey());
    }
  }

  @Test
  void signsLowAndRecovers() {
    assertThat(signature.isLowS()).isTrue();
    assertThat(signature.recover(DIGEST)).isEqualTo(key.publicKey());
    assertThat(signature.recoverAddress(DIGEST)).isEqualTo(key.address());
    assertThat(signature.verify(DIGEST, key.publicKey())).isTrue();
    assertThat(signature.verify(Hash.ZERO, key.publicKey())).isFalse();
    assertThat(Signature.decode(signature.encode())).isEqualTo(signature);
  }

  @Test
  void highSIsAcceptedWhenRecovering() {
    Signature high =
        new Signature(signature.r(), Signature.N.minus(signature.s()), 1 - signature.recoveryId());
    assertThat(high.isLowS()).isFalse();
    assertThat(high.recover(DIGEST)).isEqualTo(key.publicKey());
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    UInt256 one = UInt256.ONE;
    assertRefused(UInt256.ZERO, one, 0);
    assertRefused(one, UInt256.ZERO, 0);
    assertRefused(Signature.N, one, 0);
    assertRefused(one, Signature.N, 0);
    assertRefused(one, UInt256.MAX, 0);
    assertRefused(one, one, 2);
    assertRefused(one, one, -1);
    assertThatThrownBy(() -> Signature.decode(Bytes.wrap(new byte[64])))
        .isInstanceOf(InvalidSignatureException.class);
    byte[] classic = signature.encode().toArray();
    classic[64] += 27;
    assertThatThrownBy(() -> Signature.decode(Bytes.wrap(classic)))
        .isInstanceOf(InvalidSignatureException.class);
  }

  private static void assertRefused(UInt256 r, UInt256 s, int recoveryId) {
    assertThatThrownBy(() -> new Signature(r, s, recoveryId))
        .isInstanceOf(InvalidSignatureException.class);
  }

  /** x = 5 is on no point of the curve. */
  @Test
  void whatRecoversToNoKeyIsTold() {
    Signature none = new Signature(UInt256.of(5), UInt256.ONE, 0);
    assertThatThrownBy(() -> none.recover(DIGEST)).isInstanceOf(InvalidSignatureException.class);
    assertThat(none.verify(DIGEST, key.publicKey())).isFalse();
  }

  /** As the libraries of Ethereum and Klaytn hash it. */
  @Test
  void personalMessages() {
    assertThat(PersonalMessage.ETHEREUM.digest("Hello World"))
        .hasToString("0xa1de988600a42c4b4ab089b619297c17d53cffae5d5120d82d8a92d0bb3b78f2");
    assertThat(PersonalMessage.KLAYTN.digest("Hello World"))
        .hasToString("0xf334bf277b674260e85f1a3d2565d76463d63d29549ef4fa6d6833207576b5ba");
    assertThat(PersonalMessage.KLAYTN.digest("é"))
        .isEqualTo(PersonalMessage.KLAYTN.digest(Bytes.fromHex("c3a9")));
  }
}
