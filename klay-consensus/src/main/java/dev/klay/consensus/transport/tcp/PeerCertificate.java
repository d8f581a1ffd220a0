package dev.klay.consensus.transport.tcp;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.InvalidSignatureException;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.Signature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A throw-away TLS key with a self-signed certificate, bound to a node: an extension carries the
 * node key's signature (65 bytes r, s, recovery id) over {@code keccak256("klay-p2p-identity-v1:"
 * || SubjectPublicKeyInfo)}. TLS proves that the other side has the throw-away key, the signature
 * that the node key vouches for it.
 *
 * @param key in memory only
 */
record PeerCertificate(java.security.PrivateKey key, X509Certificate certificate) {
  /** The extension, under an arc for identifiers made from a UUID (ITU-T X.667). */
  static final String EXTENSION = "2.25.120946378124705813694027319284650913582";

  /** A certificate is used half as long, then made anew. */
  static final Duration VALIDITY = Duration.ofDays(365);

  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final byte[] DOMAIN = "klay-p2p-identity-v1:".getBytes(StandardCharsets.US_ASCII);

  static PeerCertificate issue(PrivateKey nodeKey, Instant now, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=klay-node");
      byte[] signature = nodeKey.sign(digest(pair.getPublic())).encode().toArray();
      byte[] encoded =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(63, random).add(BigInteger.ONE),
                  Date.from(now.minus(CLOCK_SKEW)),
                  Date.from(now.plus(VALIDITY)),
                  name,
                  pair.getPublic())
              .addExtension(
                  new ASN1ObjectIdentifier(EXTENSION), false, new DEROctetString(signature))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new PeerCertificate(pair.getPrivate(), parse(encoded));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("this Java cannot make a P-256 certificate", e);
    }
  }

  private static X509Certificate parse(byte[] encoded) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static Hash digest(PublicKey tlsKey) {
    byte[] info = tlsKey.getEncoded();
    byte[] preimage = new byte[DOMAIN.length + info.length];
    System.arraycopy(DOMAIN, 0, preimage, 0, DOMAIN.length);
    System.arraycopy(info, 0, preimage, DOMAIN.length, info.length);
    return Keccak256.hash(preimage);
  }

  /**
   * The node that vouches for a certificate.
   *
   * @throws CertificateException if none does, or the certificate is not valid at this time
   */
  static Address verify(X509Certificate certificate, Instant now) throws CertificateException {
    certificate.checkValidity(Date.from(now));
    try {
      certificate.verify(certificate.getPublicKey());
      return Signature.decode(signatureIn(certificate))
          .recoverAddress(digest(certificate.getPublicKey()));
    } catch (GeneralSecurityException e) {
      throw new CertificateException("the certificate is not signed by its own key", e);
    } catch (InvalidSignatureException e) {
      throw new CertificateException("no node key vouches for the certificate", e);
    }
  }

  private static Bytes signatureIn(X509Certificate certificate) throws CertificateException {
    byte[] extension = certificate.getExtensionValue(EXTENSION);
    if (extension == null) {
      throw new CertificateException("the certificate is not bound to a node key");
    }
    try {
      byte[] value = ASN1OctetString.getInstance(extension).getOctets();
      return Bytes.wrap(ASN1OctetString.getInstance(value).getOctets());
    } catch (IllegalArgumentException e) {
      throw new CertificateException("the certificate's binding is no octet string", e);
    }
  }

  @Override
  public String toString() {
    return "PeerCertificate until " + certificate.getNotAfter();
  }
}
