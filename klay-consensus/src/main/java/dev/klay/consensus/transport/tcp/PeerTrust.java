package dev.klay.consensus.transport.tcp;

import dev.klay.crypto.primitive.Address;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts exactly one self-signed certificate that an allowed node vouches for. Host names do not
 * matter: the identity is the key.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  private final InstantSource clock;
  private final Predicate<Address> allowed;
  private final DropCounts drops;

  PeerTrust(InstantSource clock, Predicate<Address> allowed, DropCounts drops) {
    this.clock = clock;
    this.allowed = allowed;
    this.drops = drops;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    Address peer;
    try {
      if (chain.length != 1) {
        throw new CertificateException("one certificate, not " + chain.length);
      }
      peer = PeerCertificate.verify(chain[0], clock.instant());
    } catch (CertificateException e) {
      drops.add(DropCause.BAD_CERTIFICATE);
      throw e;
    }
    if (!allowed.test(peer)) {
      drops.add(DropCause.STRANGER);
      throw new CertificateException(peer + " is neither a validator nor a configured peer");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
