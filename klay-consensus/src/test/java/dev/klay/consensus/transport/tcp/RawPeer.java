package dev.klay.consensus.transport.tcp;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A hostile peer: a bare TLS socket that sends whatever a test likes. */
final class RawPeer implements AutoCloseable {
  private static final char[] NO_PASSWORD = new char[0];

  private final SSLSocket socket;
  private final OutputStream out;
  private final DataInputStream in;

  private RawPeer(SSLSocket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(30_000);
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** Connects with a certificate of this node key. */
  static RawPeer connect(int port, PrivateKey nodeKey)
      throws IOException, GeneralSecurityException {
    return connect(
        port, PeerCertificate.issue(nodeKey, Instant.now(), new SecureRandom()), "TLSv1.3");
  }

  static RawPeer connect(int port, PeerCertificate identity, String protocol)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(
        "peer", identity.key(), NO_PASSWORD, new X509Certificate[] {identity.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NO_PASSWORD);
    return connect(port, keys.getKeyManagers(), protocol);
  }

  /** Connects without any certificate. */
  static RawPeer anonymous(int port) throws IOException, GeneralSecurityException {
    return connect(port, new KeyManager[0], "TLSv1.3");
  }

  private static RawPeer connect(int port, KeyManager[] keys, String protocol)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {new Credulous()}, new SecureRandom());
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setEnabledProtocols(new String[] {protocol});
    return new RawPeer(socket);
  }

  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  void handshake() throws IOException {
    socket.startHandshake();
  }

  void send(Bytes frame) throws IOException {
    sendRaw(
        ByteBuffer.allocate(4 + frame.size()).putInt(frame.size()).put(frame.toArray()).array());
  }

  void sendRaw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** The next frame that is no sign of life. */
  Bytes receive() throws IOException {
    int length = in.readInt();
    while (length == 0) {
      length = in.readInt();
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return Bytes.wrap(bytes);
  }

  /** Reads until the other side ends the connection. */
  void awaitEnd() {
    try {
      while (in.read() >= 0) {
        // what still comes does not matter
      }
    } catch (IOException ended) {
      return; // by a reset
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
