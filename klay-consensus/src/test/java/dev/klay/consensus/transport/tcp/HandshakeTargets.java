package dev.klay.consensus.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.wire.Samples;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.fuzz.FuzzTarget;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What somebody who is not yet a peer can send, and the file that says who may become one. */
public enum HandshakeTargets implements FuzzTarget {
  HELLO {
    @Override
    boolean read(byte[] input) {
      Hello hello = Hello.decode(Bytes.wrap(input));
      if (hello.version() == Hello.VERSION) { // and what a later one adds is not looked at
        assertThat(Hello.decode(hello.encode())).isEqualTo(hello);
      }
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          new Hello(
                  Hello.VERSION,
                  0,
                  1000,
                  Samples.GENESIS,
                  Neighbour.PARAMETERS,
                  NodeRole.RANGER,
                  77)
              .encode()
              .toArray(),
          new Hello(2, 3, 1000, Samples.GENESIS, Neighbour.PARAMETERS, NodeRole.CONSENSUS, 0)
              .encode()
              .toArray());
    }
  },

  /** A certificate as TLS hands it over: read by Java, judged by us. */
  CERTIFICATE {
    @Override
    boolean read(byte[] input) {
      try {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate read =
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(input));
        assertThat(PeerCertificate.verify(read, SampleCertificate.ISSUED_AT))
            .isEqualTo(SampleCertificate.NODE.address()); // nobody else vouches for anything
        return true;
      } catch (CertificateException refused) {
        return false;
      }
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(SampleCertificate.encoded());
    }
  },

  PEER_FILE {
    @Override
    boolean read(byte[] input) {
      try {
        List<PeerAddress> peers = PeerFile.parse(new String(input, StandardCharsets.ISO_8859_1));
        assertThat(PeerFile.parse(PeerFile.format(peers))).isEqualTo(peers);
        return true;
      } catch (IllegalArgumentException refused) {
        return false;
      }
    }

    @Override
    public List<byte[]> seeds() {
      PeerAddress listening =
          new PeerAddress(
              "Node01",
              NodeRole.CONSENSUS,
              SampleCertificate.NODE.address(),
              Optional.of(new Endpoint("::1", 32323)));
      PeerAddress hidden =
          new PeerAddress("R1", NodeRole.RANGER, Neighbour.key(2).address(), Optional.empty());
      return List.of(PeerFile.format(List.of(listening, hidden)).getBytes(StandardCharsets.UTF_8));
    }
  };

  abstract boolean read(byte[] input);

  @Override
  public boolean accepts(byte[] input) {
    try {
      return read(input);
    } catch (DecodingException refused) {
      return false;
    }
  }

  private static final class SampleCertificate {
    static final PrivateKey NODE = Neighbour.key(1);
    static final Instant ISSUED_AT = Instant.parse("2026-11-27T00:00:00Z");

    static byte[] encoded() {
      try {
        return PeerCertificate.issue(NODE, ISSUED_AT, new SecureRandom())
            .certificate()
            .getEncoded();
      } catch (CertificateEncodingException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }
}
