package dev.klay.consensus.node;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.transport.Frame;
import dev.klay.crypto.primitive.Address;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches final blocks that others have, a range at a time from one peer at a time; another peer
 * when one does not answer or answers wrongly. Consensus never waits for it: it only imports.
 */
final class BlockSync {
  /** Imports one final block; why not, if it is refused. */
  interface Importer {
    Optional<String> importBlock(FinalBlock block);
  }

  private final FinalChain chain;
  private final PeerBook peers;
  private final NodeRuntime runtime;
  private final NodeLimits limits;
  private final FrameSender out;
  private final NodeListener listener;
  private final Importer importer;

  private @Nullable Address asked;
  private NodeRuntime.@Nullable Scheduled timeout;
  private int turn;

  BlockSync(
      FinalChain chain,
      PeerBook peers,
      NodeRuntime runtime,
      NodeLimits limits,
      FrameSender out,
      NodeListener listener,
      Importer importer) {
    this.chain = chain;
    this.peers = peers;
    this.runtime = runtime;
    this.limits = limits;
    this.out = out;
    this.listener = listener;
    this.importer = importer;
  }

  /** A peer says that it has blocks up to this one. */
  void sawHead(Address peer, long head) {
    PeerBook.Peer known = peers.peer(peer, runtime.monoNanos());
    known.head = Math.max(known.head, head);
    if (asked == null && head > chain.head().number()) {
      ask();
    }
  }

  void peerDown(Address peer) {
    if (peer.equals(asked)) {
      finish();
      ask();
    }
  }

  /** Asks the next peer that has more, if there is one. */
  private void ask() {
    long next = chain.head().number() + 1;
    long now = runtime.monoNanos();
    List<Address> able =
        peers.all().stream()
            .filter(peer -> peers.peer(peer, now).head >= next && !peers.isBanned(peer, now))
            .toList();
    if (able.isEmpty()) {
      return;
    }
    Address peer = able.get(Math.floorMod(turn++, able.size()));
    asked = peer;
    timeout =
        runtime.schedule(
            limits.requestMillis(),
            () -> {
              peers.peer(peer, runtime.monoNanos()).head = 0; // until it says so again
              finish();
              ask();
            });
    out.send(peer, new Frame.GetBlocks(next, Frame.FinalBlocks.MAX, limits.blocksBytesMax()));
  }

  private void finish() {
    asked = null;
    if (timeout != null) {
      timeout.cancel();
      timeout = null;
    }
  }

  /** Blocks came, asked for or not: what fits is imported. */
  void received(Address from, List<FinalBlock> blocks) {
    long now = runtime.monoNanos();
    if (peers.isBanned(from, now)) {
      return;
    }
    boolean progress = importAll(from, blocks);
    if (!from.equals(asked)) {
      return;
    }
    finish();
    if (!progress) {
      peers.peer(from, now).head = 0;
    }
    ask();
  }

  private boolean importAll(Address from, List<FinalBlock> blocks) {
    boolean progress = false;
    for (FinalBlock block : blocks) {
      long next = chain.head().number() + 1;
      if (block.number() > next) {
        sawHead(from, block.number());
        return progress;
      }
      Optional<String> fault = importer.importBlock(block); // a known one is only compared
      if (fault.isPresent()) {
        peers.ban(from, runtime.monoNanos());
        listener.banned(from, fault.orElseThrow());
        return progress;
      }
      progress |= block.number() == next;
    }
    return progress;
  }
}
