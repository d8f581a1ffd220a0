/**
 * Nodes on several machines: frames over TCP under mutual TLS 1.3.
 *
 * <p>A link is made in three steps, all within {@link TcpLimits#handshakeMillis}: TCP, TLS in which
 * each side shows a certificate that its node key vouches for ({@link PeerCertificate}), and one
 * {@link Hello} each way. Only then is the peer told to the node. Whoever breaks a rule loses its
 * link with a counted reason ({@link DropCause}); nobody is punished for what another did, because
 * a frame is judged only by the link that it came on.
 *
 * <p>On the wire a frame is its length, 4 bytes big-endian, and its bytes. A length of zero is a
 * sign of life.
 */
@NullMarked
package dev.klay.consensus.transport.tcp;

import org.jspecify.annotations.NullMarked;
