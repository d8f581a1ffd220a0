package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.wire.BlockFormat;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a transport needs to know of its node.
 *
 * @param name for threads and logs
 * @param nodeKey vouches for the node's TLS keys; stays the caller's to close
 * @param parametersHash of what the nodes of a chain agree on beyond its genesis block
 * @param listen where others may connect; empty for a node that only connects by itself
 * @param peers known by configuration; the node itself may be among them
 * @param validators of the next height, who may connect without being configured
 * @param height of the last final block
 * @param blockSizeMaxBytes of a block's RLP, as the chain allows
 * @param jitter spreads attempts to reconnect
 * @param onDrop is told of each link or frame that is refused; must return at once
 */
public record TcpConfig(
    String name,
    PrivateKey nodeKey,
    long chainId,
    Hash genesisHash,
    Hash parametersHash,
    Optional<Endpoint> listen,
    List<PeerAddress> peers,
    Supplier<? extends Collection<Address>> validators,
    LongSupplier height,
    BlockFormat blocks,
    int blockSizeMaxBytes,
    TcpLimits limits,
    InstantSource clock,
    RandomGenerator jitter,
    Consumer<DropCause> onDrop) {
  public TcpConfig {
    peers = List.copyOf(peers);
  }
}
