package dev.klay.crypto.bls12381;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HashToG2Test {
  /** RFC 9380 section 8.8.2, h_eff. */
  private static final BigInteger H_EFF =
      new BigInteger(
          "bc69f08f2ee75b3584c6a0ea91b352888e2a8e9145ad7689986ff031508ffe1329c2f178731db956d82bf015d1212b0"
              + "2ec0ec69d7477c1ae954cbc06689f6a359894c0adebbf6b4e8020005aaa95551",
          16);

  /** Message and coordinates of RFC 9380 appendix J.10.1. */
  static String[][] published() {
    return new String[][] {
      new String[] {
        "",
        "0141ebfbdca40eb85b87142e130ab689c673cf60f1a3e98d69335266f30d9b8d4ac44c1038e9dcdd5393faf5c41fb78a",
        "05cb8437535e20ecffaef7752baddf98034139c38452458baeefab379ba13dff5bf5dd71b72418717047f5b0f37da03d",
        "0503921d7f6a12805e72940b963c0cf3471c7b2a524950ca195d11062ee75ec076daf2d4bc358c4b190c0c98064fdd92",
        "12424ac32561493f3fe3c260708a12b7c620e7be00099a974e259ddc7d1f6395c3c811cdd19f1e8dbf3e9ecfdcbab8d6"
      },
      new String[] {
        "abc",
        "02c2d18e033b960562aae3cab37a27ce00d80ccd5ba4b7fe0e7a210245129dbec7780ccc7954725f4168aff2787776e6",
        "139cddbccdc5e91b9623efd38c49f81a6f83f175e80b06fc374de9eb4b41dfe4ca3a230ed250fbe3a2acf73a41177fd8",
        "1787327b68159716a37440985269cf584bcb1e621d3a7202be6ea05c4cfe244aeb197642555a0645fb87bf7466b2ba48",
        "00aa65dae3c8d732d10ecd2c50f8a1baf3001578f71c694e03866e9f3d49ac1e1ce70dd94a733534f106d4cec0eddd16"
      },
      new String[] {
        "abcdef0123456789",
        "121982811d2491fde9ba7ed31ef9ca474f0e1501297f68c298e9f4c0028add35aea8bb83d53c08cfc007c1e005723cd0",
        "190d119345b94fbd15497bcba94ecf7db2cbfd1e1fe7da034d26cbba169fb3968288b3fafb265f9ebd380512a71c3f2c",
        "05571a0f8d3c08d094576981f4a3b8eda0a8e771fcdcc8ecceaf1356a6acf17574518acb506e435b639353c2e14827c8",
        "0bb5e7572275c567462d91807de765611490205a941a5a6af3b1691bfe596c31225d3aabdf15faff860cb4ef17c7c3be"
      }
    };
  }

  @ParameterizedTest
  @MethodSource("published")
  void publishedMessagesHashToTheirPoints(
      String message, String x0, String x1, String y0, String y1) {
    Bytes domain = ascii("QUUX-V01-CS02-with-BLS12381G2_XMD:SHA-256_SSWU_RO_");
    assertThat(Hex.encode(HashToG2.hash(ascii(message), domain).toCoordinates()))
        .isEqualTo(x0 + x1 + y0 + y1);
  }

  /** RFC 9380 appendix K.1. */
  @ParameterizedTest
  @CsvSource({
    "'', 68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235",
    "abc, d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615",
    "abcdef0123456789, eff31487c770a893cfb36f912fbfcbff40d5661771ca4b2cb4eafe524333f5c1",
  })
  void publishedMessagesExpandToTheirBytes(String message, String expected) {
    byte[] bytes =
        HashToG2.expand(ascii(message), ascii("QUUX-V01-CS02-with-expander-SHA256-128"), 32);
    assertThat(Hex.encode(bytes)).isEqualTo(expected);
  }

  @Test
  void aDomainHasOneTo255Bytes() {
    for (int size : new int[] {0, 256}) {
      assertThatThrownBy(() -> HashToG2.hash(Bytes.EMPTY, Bytes.wrap(new byte[size])))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(HashToG2.hash(Bytes.EMPTY, Bytes.wrap(new byte[255])).isInSubgroup()).isTrue();
  }

  @Property(tries = 10)
  void clearingTheCofactorIsAMultiplication(@ForAll long seed) {
    JacobianPoint<Fp2> point = new Samples(seed).anywhereOnG2();
    JacobianPoint<Fp2> cleared = MapToG2.clearCofactor(point);
    assertThat(cleared.isSameAs(point.multiply(H_EFF))).isTrue();
    assertThat(Curve.G2.isInSubgroup(cleared)).isTrue();
  }

  @Property(tries = 15)
  void mappedElementsAreInTheSubgroups(@ForAll long seed) {
    Samples samples = new Samples(seed);
    assertOnCurveAndInSubgroup(Curve.G1, MapToG1.map(samples.fp()));
    assertOnCurveAndInSubgroup(Curve.G2, MapToG2.map(samples.fp2()));
  }

  @Test
  void theExceptionalElementZeroIsMapped() {
    assertOnCurveAndInSubgroup(Curve.G1, MapToG1.map(Fp.ZERO));
    assertOnCurveAndInSubgroup(Curve.G2, MapToG2.map(Fp2.ZERO));
  }

  private static <F extends FieldElement<F>> void assertOnCurveAndInSubgroup(
      Curve<F> curve, JacobianPoint<F> point) {
    AffinePoint<F> affine = point.toAffine();
    assertThat(curve.point(affine.x(), affine.y()).isSameAs(point)).isTrue();
    assertThat(curve.isInSubgroup(point)).isTrue();
  }

  @Test
  void elementsThatAreNoneAreRefused() {
    byte[] tooLarge = new byte[48];
    Arrays.fill(tooLarge, (byte) 0xff);
    assertThatThrownBy(() -> MapToCurve.toG1(tooLarge)).isInstanceOf(InvalidPointException.class);
    assertThatThrownBy(() -> MapToCurve.toG1(new byte[47]))
        .isInstanceOf(InvalidPointException.class);
    assertThatThrownBy(() -> MapToCurve.toG2(new byte[97]))
        .isInstanceOf(InvalidPointException.class);
  }

  private static Bytes ascii(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
