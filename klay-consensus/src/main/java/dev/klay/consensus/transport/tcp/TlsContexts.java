package dev.klay.consensus.transport.tcp;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.secp256k1.PrivateKey;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the TLS side of links: mutual TLS 1.3, under a certificate that is made anew in time. */
final class TlsContexts {
  private static final String PROTOCOL = "TLSv1.3";

  private final PrivateKey nodeKey;
  private final X509ExtendedTrustManager trust;
  private final InstantSource clock;
  private final SecureRandom random;
  private Contexts current;

  private record Contexts(SslContext server, SslContext client, Instant renewAt) {}

  TlsContexts(
      PrivateKey nodeKey,
      X509ExtendedTrustManager trust,
      InstantSource clock,
      SecureRandom random) {
    this.nodeKey = nodeKey;
    this.trust = trust;
    this.clock = clock;
    this.random = random;
    this.current = create();
  }

  private Contexts create() {
    Instant now = clock.instant();
    PeerCertificate own = PeerCertificate.issue(nodeKey, now, random);
    try {
      SslContext server =
          SslContextBuilder.forServer(own.key(), own.certificate())
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOL)
              .trustManager(trust)
              .clientAuth(ClientAuth.REQUIRE)
              .build();
      SslContext client =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOL)
              .keyManager(own.key(), own.certificate())
              .trustManager(trust)
              .endpointIdentificationAlgorithm(null) // the identity is the key, not the name
              .build();
      return new Contexts(server, client, now.plus(PeerCertificate.VALIDITY.dividedBy(2)));
    } catch (SSLException e) {
      throw new IllegalStateException("this Java has no TLS 1.3", e);
    }
  }

  private synchronized Contexts contexts() {
    if (clock.instant().isAfter(current.renewAt())) {
      current = create();
    }
    return current;
  }

  /** The server's side; keys are agreed on and certificates judged in the executor. */
  SslHandler server(ByteBufAllocator allocator, Executor dear) {
    return contexts().server().newHandler(allocator, dear);
  }

  /** Without the peer's name, so that no session is ever resumed. */
  SslHandler client(ByteBufAllocator allocator, Executor dear) {
    return contexts().client().newHandler(allocator, dear);
  }

  /** Who is at the other end of a finished handshake. */
  Address peerOf(SslHandler tls) throws CertificateException {
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      return PeerCertificate.verify((X509Certificate) chain[0], clock.instant());
    } catch (SSLPeerUnverifiedException e) {
      throw new CertificateException("the peer showed no certificate", e);
    }
  }
}
