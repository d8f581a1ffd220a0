package dev.klay.consensus.node;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.transport.Frame;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fetches final blocks that others have, a few ranges at a time from several peers; another peer
 * when one does not answer or answers wrongly. Consensus never waits for it: it only imports.
 *
 * <p>A range is counted until its blocks are imported, not only until they are here. So what waits
 * for its turn is never more than {@value #RANGES_MAX} answers, whatever they hold; and the lowest
 * blocks that are missing are always asked for first, so what waits always gets its turn.
 */
final class BlockSync {
  /** Ranges that are on their way, or here and behind others. */
  static final int RANGES_MAX = 4;

  /** Of those the ranges of one peer: the next comes while the last is imported. */
  static final int RANGES_OF_PEER_MAX = 2;

  /** Imports one final block; why not, if it is refused. */
  interface Importer {
    Optional<String> importBlock(FinalBlock block);
  }

  /** Blocks from a number on that a peer was asked for. */
  private static final class Range {
    final long from;
    final int count;
    final Address peer;
    NodeRuntime.Scheduled timeout = () -> {};
    List<FinalBlock> blocks = List.of();

    Range(long from, int count, Address peer) {
      this.from = from;
      this.count = count;
      this.peer = peer;
    }

    boolean isHere() {
      return !blocks.isEmpty();
    }

    /** The first number behind it; what an answer leaves out is asked for again. */
    long end() {
      return from + (isHere() ? blocks.size() : count);
    }
  }

  private final FinalChain chain;
  private final PeerBook peers;
  private final NodeRuntime runtime;
  private final NodeLimits limits;
  private final FrameSender out;
  private final NodeListener listener;
  private final Importer importer;

  private final TreeMap<Long, Range> ranges = new TreeMap<>();
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
    if (head > chain.head().number()) {
      ask();
    }
  }

  void peerDown(Address peer) {
    dropRanges(peer, false);
    ask();
  }

  // Asking

  /** Asks for what is missing, the lowest first, as far as peers have it. */
  private void ask() {
    while (ranges.size() < RANGES_MAX) {
      long from = firstMissing();
      Optional<Address> peer = nextPeer(from);
      if (peer.isEmpty()) {
        return;
      }
      ask(peer.orElseThrow(), from);
    }
  }

  private long firstMissing() {
    long missing = chain.head().number() + 1;
    for (Range range : ranges.values()) {
      if (range.from > missing) {
        break;
      }
      missing = Math.max(missing, range.end());
    }
    return missing;
  }

  private Optional<Address> nextPeer(long from) {
    long now = runtime.monoNanos();
    List<Address> able =
        peers.all().stream()
            .filter(peer -> peers.peer(peer, now).head >= from && !peers.isBanned(peer, now))
            .filter(peer -> onTheirWay(peer) < RANGES_OF_PEER_MAX)
            .toList();
    return able.isEmpty()
        ? Optional.empty()
        : Optional.of(able.get(Math.floorMod(turn++, able.size())));
  }

  private long onTheirWay(Address peer) {
    return ranges.values().stream().filter(r -> r.peer.equals(peer) && !r.isHere()).count();
  }

  private void ask(Address peer, long from) {
    long end = Math.min(from + Frame.FinalBlocks.MAX, headOf(peer) + 1);
    Map.Entry<Long, Range> next = ranges.higherEntry(from);
    if (next != null) {
      end = Math.min(end, next.getKey());
    }
    Range range = new Range(from, (int) (end - from), peer);
    ranges.put(from, range);
    range.timeout = runtime.schedule(limits.requestMillis(), () -> timedOut(range));
    out.send(peer, new Frame.GetBlocks(from, range.count, limits.blocksBytesMax()));
  }

  private long headOf(Address peer) {
    return peers.peer(peer, runtime.monoNanos()).head;
  }

  private void timedOut(Range range) {
    ranges.remove(range.from, range);
    distrustHead(range.peer);
    ask();
  }

  /** The peer is not asked until it says again what it has. */
  private void distrustHead(Address peer) {
    if (peers.isHere(peer)) {
      peers.peer(peer, runtime.monoNanos()).head = 0;
    }
  }

  /** Forgets what a peer was asked for, and what it sent if that is worth nothing. */
  private void dropRanges(Address peer, boolean alsoHere) {
    for (Range range : List.copyOf(ranges.values())) {
      if (range.peer.equals(peer) && (alsoHere || !range.isHere())) {
        range.timeout.cancel();
        ranges.remove(range.from);
      }
    }
  }

  // Answers

  /** Blocks came, asked for or not: what fits is imported. */
  void received(Address from, List<FinalBlock> blocks) {
    if (peers.isBanned(from, runtime.monoNanos())) {
      return;
    }
    Optional<Range> asked = rangeOf(from, blocks);
    if (asked.isPresent()) {
      asked.orElseThrow().timeout.cancel();
      asked.orElseThrow().blocks = ascending(blocks, asked.orElseThrow().count);
    } else {
      importAll(from, blocks);
    }
    importWhatIsHere();
    ask();
  }

  private Optional<Range> rangeOf(Address peer, List<FinalBlock> blocks) {
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(ranges.get(blocks.get(0).number()))
            .filter(range -> range.peer.equals(peer) && !range.isHere());
  }

  /** The blocks that follow each other, so many at most. */
  private static List<FinalBlock> ascending(List<FinalBlock> blocks, int most) {
    List<FinalBlock> found = new ArrayList<>();
    for (FinalBlock block : blocks) {
      if (found.size() == most || block.number() != blocks.get(0).number() + found.size()) {
        break;
      }
      found.add(block);
    }
    return found;
  }

  private void importWhatIsHere() {
    while (!ranges.isEmpty()) {
      Range lowest = ranges.firstEntry().getValue();
      if (!lowest.isHere() || lowest.from > chain.head().number() + 1) {
        return;
      }
      ranges.remove(lowest.from);
      importAll(lowest.peer, lowest.blocks);
      if (chain.head().number() < lowest.end() - 1) {
        distrustHead(lowest.peer);
      }
    }
  }

  private void importAll(Address from, List<FinalBlock> blocks) {
    for (FinalBlock block : blocks) {
      if (block.number() > chain.head().number() + 1) {
        sawHead(from, block.number());
        return;
      }
      Optional<String> fault = importer.importBlock(block); // a known one: is it the same?
      if (fault.isPresent()) {
        peers.ban(from, runtime.monoNanos());
        dropRanges(from, true);
        listener.banned(from, fault.orElseThrow());
        return;
      }
    }
  }
}
