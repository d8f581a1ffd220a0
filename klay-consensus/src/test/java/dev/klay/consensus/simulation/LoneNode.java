package dev.klay.consensus.simulation;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.Stall;
import dev.klay.consensus.bft.BftConfig;
import dev.klay.consensus.bft.BftMachine;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Status;
import dev.klay.consensus.node.Ballots;
import dev.klay.consensus.node.NodeCore;
import dev.klay.consensus.node.NodeLimits;
import dev.klay.consensus.node.NodeListener;
import dev.klay.consensus.node.NodeRuntime;
import dev.klay.consensus.node.NodeSetup;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.validator.ProposerSelection;
import dev.klay.consensus.wal.MemoryLedger;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A ranger's logic without a network: its peers, the four validators, say what a test makes them
 * say, and its clock stands until the test moves it.
 */
final class LoneNode implements NodeRuntime, NodeListener {
  static final List<Address> FOUR = IntStream.range(0, 4).mapToObj(World::addressOf).toList();
  private static final long EPOCH = 600;
  private static final ChainRules RULES =
      new ChainRules(1000, 1000, 500, EPOCH, ProposerPolicy.ROUND_ROBIN, Map.of());

  record Sent(Address to, Frame frame) {}

  private record Timer(long dueMillis, Runnable task) {}

  final LightChain chain =
      new LightChain(
          RULES,
          FOUR,
          Optional.empty(),
          new Ballots(),
          new SealCheck(LightChain.GENESIS, FakeSignatures.RECOVERY));
  final List<Sent> sent = new ArrayList<>();
  final List<Address> banned = new ArrayList<>();
  final List<Effect.StopReason> stops = new ArrayList<>();
  final List<Alarm> alarms = new ArrayList<>();
  final NodeCore core;
  private final List<Timer> timers = new ArrayList<>();
  private final ArrayDeque<Runnable> work = new ArrayDeque<>();
  private long nowMillis = 1_700_000_000_000L;

  LoneNode() {
    BftConfig config =
        BftConfig.of(LightChain.GENESIS, ProposerSelection.of(RULES.policy()), 1000, 1000, 500);
    core =
        new NodeCore(
            new NodeSetup(
                chain,
                new MemoryLedger(VoteLedger.Origin.MISSING),
                Optional.empty(),
                config,
                BftMachine::new,
                NodeLimits.TRUSTED,
                this,
                (to, frame) -> sent.add(new Sent(to, frame)),
                this,
                Optional.empty(),
                (from, transactions) -> {},
                culprit -> {}));
    core.start();
    FOUR.forEach(peer -> core.peerUp(peer, NodeRole.CONSENSUS));
  }

  // What peers say

  /** The peer tells that this is its last block. */
  LoneNode hearsOfHead(int peer, long head) {
    BitSet none = new BitSet();
    Status status = new Status(head + 1, Hash.ZERO, 0, false, none, none, none);
    return hears(peer, new Frame.Knowledge(status, nowMillis));
  }

  /** The peer told what its clock showed, and the word waited until now to be looked at. */
  void hearsOfClock(int peer, long wallMillis, long arrivedMillis) {
    BitSet none = new BitSet();
    Status status = new Status(1, LightChain.GENESIS, 0, false, none, none, none);
    Frame word = new Frame.Knowledge(status, wallMillis);
    core.received(FOUR.get(peer), word, TimeUnit.MILLISECONDS.toNanos(arrivedMillis));
  }

  LoneNode hears(int peer, Frame frame) {
    core.received(FOUR.get(peer), frame);
    while (!work.isEmpty()) {
      work.remove().run();
    }
    return this;
  }

  /** Time goes by, and what is due happens. */
  void pass(long millis) {
    long end = nowMillis + millis;
    while (true) {
      Optional<Timer> next =
          timers.stream()
              .filter(t -> t.dueMillis() <= end)
              .min(Comparator.comparingLong(Timer::dueMillis));
      if (next.isEmpty()) {
        nowMillis = end;
        return;
      }
      timers.remove(next.orElseThrow());
      nowMillis = Math.max(nowMillis, next.orElseThrow().dueMillis());
      next.orElseThrow().task().run();
    }
  }

  // What it asked for

  record Request(int peer, long from, int count) {}

  /** Ranges that it asked for since the last look. */
  List<Request> requests() {
    List<Request> found = new ArrayList<>();
    for (Sent each : sent) {
      if (each.frame() instanceof Frame.GetBlocks get) {
        found.add(new Request(FOUR.indexOf(each.to()), get.from(), get.count()));
      }
    }
    sent.clear();
    return found;
  }

  // Blocks

  /** A chain of empty blocks, each sealed by three validators. */
  static List<FinalBlock> blocks(int count) {
    List<FinalBlock> chain = new ArrayList<>();
    Hash parent = LightChain.GENESIS;
    for (int number = 1; number <= count; number++) {
      FinalBlock made = block(number, parent, 0, 3);
      parent = made.hash();
      chain.add(made);
    }
    return chain;
  }

  static FinalBlock block(long number, Hash parent, long salt, int seals) {
    LightBlock block =
        new LightBlock(
            number,
            parent,
            1000 * number,
            FOUR.get((int) ((number - 1) % 4)),
            salt,
            FOUR,
            Optional.empty(),
            number % EPOCH == 0 ? FOUR : List.of(),
            List.of());
    Hash digest =
        ConsensusDigest.ofBlock(
            ConsensusDigest.COMMIT, LightChain.GENESIS, number, 0, block.hash());
    List<Bytes> signatures =
        FOUR.stream().limit(seals).map(signer -> FakeSignatures.sign(signer, digest)).toList();
    return new FinalBlock(block, new CommitCertificate(number, 0, block.hash(), signatures));
  }

  // The world of the node

  @Override
  public long wallMillis() {
    return nowMillis;
  }

  @Override
  public long monoNanos() {
    return nowMillis * 1_000_000;
  }

  @Override
  public Scheduled schedule(long delayMillis, Runnable task) {
    Timer timer = new Timer(nowMillis + delayMillis, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public void compute(Runnable later) {
    work.add(later);
  }

  @Override
  public void strangerVoted(Message message) {}

  @Override
  public void banned(Address peer, String why) {
    banned.add(peer);
  }

  @Override
  public void stopped(Effect.StopReason reason, String detail) {
    stops.add(reason);
  }

  @Override
  public void imported(FinalBlock block) {}

  @Override
  public void caught(Evidence evidence) {}

  @Override
  public void forked(FinalBlock ours, FinalBlock theirs) {}

  @Override
  public void alarm(Alarm alarm, String detail) {
    alarms.add(alarm);
  }

  @Override
  public void stalled(Stall stall) {}
}
