package dev.klay.consensus;

import dev.klay.consensus.rpc.JsonRpc;
import dev.klay.consensus.rpc.NodeFacts;
import dev.klay.consensus.rpc.NodeRpc;
import dev.klay.consensus.rpc.RpcChain;
import dev.klay.consensus.rpc.RpcEndpoint;
import dev.klay.consensus.rpc.RpcLimits;
import dev.klay.consensus.rpc.RpcServer;
import dev.klay.consensus.rpc.RpcUnavailableException;
import dev.klay.consensus.rpc.UnlockedAccounts;
import dev.klay.core.service.ChainAccess;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.ImportedChain;
import dev.klay.crypto.primitive.Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Serves an imported chain over JSON-RPC as a node of it would. It takes part in no consensus: what
 * the pool would take is refused because nobody seals it.
 */
public final class ImportedNode implements ChainAccess, AutoCloseable {
  private static final String NAME = "Imported";

  private final ImportedChain chain;
  private final NodeRpc rpc;
  private final List<RpcServer> servers = new ArrayList<>();

  private ImportedNode(ImportedChain chain) {
    this.chain = chain;
    RpcChain served =
        new RpcChain(chain.localService(), chain.pool(), new Facts(), RpcLimits.DEFAULT);
    rpc = new NodeRpc(served, UnlockedAccounts.NONE, address -> false, NAME, () -> false);
  }

  private static final class Facts implements NodeFacts {
    @Override
    public Address address() {
      return Address.ZERO;
    }

    @Override
    public String clientVersion() {
      String version = ImportedNode.class.getPackage().getImplementationVersion();
      return "Klay/v" + (version == null ? "0" : version) + "/" + NAME;
    }

    @Override
    public int peerCount() {
      return 0;
    }
  }

  /**
   * Starts to serve; requests are answered when this returns.
   *
   * @param chain stays the caller's to close, after the node
   * @throws RpcUnavailableException if it cannot listen; nothing is left running
   */
  public static ImportedNode start(ImportedChain chain, List<RpcEndpoint> endpoints) {
    ImportedNode node = new ImportedNode(chain);
    try {
      for (RpcEndpoint endpoint : endpoints) {
        node.servers.add(new RpcServer(node.rpc(), endpoint, NAME, true));
      }
      return node;
    } catch (RpcUnavailableException e) {
      node.close();
      throw e;
    }
  }

  @Override
  public ChainService service() {
    return chain.service();
  }

  /** Answers JSON-RPC in this process, without a socket. */
  public JsonRpc rpc() {
    return rpc.dispatcher();
  }

  /** Where it listens, in the order in which that was asked for. */
  public List<InetSocketAddress> rpcAddresses() {
    return servers.stream().map(RpcServer::address).toList();
  }

  /** Stops listening and ends all threads of the server. */
  @Override
  public void close() {
    servers.forEach(RpcServer::close);
    rpc.close();
  }
}
