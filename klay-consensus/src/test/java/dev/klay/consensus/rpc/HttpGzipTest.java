package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpGzipTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "deflate, GZIP | true",
        "br;q=1.0, gzip;q=0.8, *;q=0.1 | true",
        "gzip;q=0 | false",
        "gzip; q=0.0 | false",
        "identity | false",
        "x-gzip | false"
      })
  void isUsedForClientsThatSayTheyTakeIt(String accepted, boolean used) {
    assertThat(HttpGzip.isAccepted(accepted)).isEqualTo(used);
    assertThat(HttpGzip.isAccepted(null)).isFalse();
  }

  @Test
  void whatIsCompressedExpandsToItselfButNeverBeyondTheLimit() throws IOException {
    byte[] body = new byte[100_000];
    Arrays.fill(body, (byte) 'x');
    byte[] compressed = HttpGzip.compress(body);
    assertThat(compressed.length).isLessThan(1_000);
    assertThat(HttpGzip.expand(compressed, 100_000)).isEqualTo(body);
    assertThat(HttpGzip.expand(compressed, 1_000)).hasSize(1_001);
  }

  @Test
  void whatIsCutOffIsNoGzip() {
    byte[] compressed = HttpGzip.compress(new byte[5_000]);
    assertThatThrownBy(() -> HttpGzip.expand(Arrays.copyOf(compressed, 20), 10_000))
        .isInstanceOf(EOFException.class);
  }
}
