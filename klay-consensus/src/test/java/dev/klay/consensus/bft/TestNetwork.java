package dev.klay.consensus.bft;

import dev.klay.consensus.validator.ProposerSelection;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/** Machines on one virtual clock, with links that delay, lose and are cut; all by one seed. */
final class TestNetwork {
  static final long PERIOD = 1000;
  private static final Hash GENESIS = Hash.fromHex("0x" + "ab".repeat(32));

  /** What is allowed to happen to a message. */
  record Links(long delayMax, double loss, BiPredicate<Integer, Integer> connected) {
    static final Links GOOD = new Links(20, 0, (from, to) -> true);
  }

  private record Scheduled(long time, long sequence, Runnable action)
      implements Comparable<Scheduled> {
    @Override
    public int compareTo(Scheduled other) {
      return time != other.time
          ? Long.compare(time, other.time)
          : Long.compare(sequence, other.sequence);
    }
  }

  /** One node: a machine, its chain and its ledger; both survive a crash. */
  final class Node {
    final int index;
    final List<ProposedBlock> chain = new ArrayList<>();
    final List<Integer> rounds = new ArrayList<>();
    final List<LedgerRecord> ledger = new ArrayList<>();
    final List<Evidence> evidence = new ArrayList<>();
    private final Map<TimerId, Long> timers = new HashMap<>();
    private BftMachine machine;
    boolean up = true;
    private int life;

    Node(int index) {
      this.index = index;
      this.machine = newMachine();
    }

    private BftMachine newMachine() {
      return new BftMachine(
          config, Optional.of(new FakeSigner(FakeSigner.addressOf(index))), parent(), validators);
    }

    Parent parent() {
      if (chain.isEmpty()) {
        return new Parent(0, GENESIS, 0, Optional.empty(), GENESIS);
      }
      ProposedBlock last = chain.get(chain.size() - 1);
      return new Parent(
          last.number(), last.hash(), last.timestampMillis(), Optional.of(last.builder()), GENESIS);
    }

    void start() {
      perform(machine.start(List.copyOf(ledger), now));
    }

    void crash() {
      up = false;
      life++;
      timers.clear();
    }

    void restart() {
      up = true;
      machine = newMachine();
      start();
      nodes.forEach(other -> feed(new Event.PeerUp(FakeSigner.addressOf(other.index))));
    }

    void feed(Event event) {
      if (up) {
        perform(machine.step(event, now));
      }
    }

    private void later(long delay, Runnable action) {
      int lifeNow = life;
      schedule(
          delay,
          () -> {
            if (up && life == lifeNow) {
              action.run();
            }
          });
    }

    private void perform(List<Effect> effects) {
      effects.forEach(this::perform);
    }

    private void perform(Effect effect) {
      if (effect instanceof Effect.Persist persist) {
        ledger.add(persist.record());
      } else if (effect instanceof Effect.Broadcast broadcast) {
        nodes.forEach(to -> transmit(to, new Event.MessageReceived(broadcast.message())));
      } else if (effect instanceof Effect.Send send) {
        transmit(nodes.get(indexOf(send.to())), new Event.MessageReceived(send.message()));
      } else if (effect instanceof Effect.BroadcastStatus) {
        nodes.forEach(to -> tellStatus(to, machine.status()));
      } else if (effect instanceof Effect.SetTimer set) {
        long mark = ++sequence;
        timers.put(set.timer(), mark);
        later(
            set.delayMillis(),
            () -> {
              if (timers.remove(set.timer(), mark)) {
                feed(new Event.TimerFired(set.timer()));
              }
            });
      } else if (effect instanceof Effect.CancelTimer cancel) {
        timers.remove(cancel.timer());
      } else if (effect instanceof Effect.Build build) {
        long time = Math.max(build.earliestMillis(), now);
        FakeBlock block =
            new FakeBlock(
                build.height(),
                build.parent().hash(),
                time,
                FakeSigner.addressOf(index),
                1000L * build.round() + index);
        later(
            1, () -> feed(new Event.BlockBuilt(build.height(), build.round(), Optional.of(block))));
      } else if (effect instanceof Effect.Validate validate) {
        ProposedBlock block = validate.block();
        later(
            1 + random.nextInt(5),
            () -> feed(new Event.BlockValidated(block.number(), block.hash(), Optional.empty())));
      } else if (effect instanceof Effect.Import done) {
        importBlock(done.block(), done.certificate().round());
      } else if (effect instanceof Effect.Fetch fetch) {
        fetch.peers().forEach(peer -> fetchFrom(nodes.get(indexOf(peer))));
      } else if (effect instanceof Effect.Report report) {
        evidence.add(report.evidence());
      } else {
        throw new AssertionError(effect.toString());
      }
    }

    /** Whoever is behind is given the blocks, as a node's sync does it. */
    private void tellStatus(Node to, Status status) {
      if (to != this && arrives(to)) {
        later(
            delay(),
            () -> {
              if (!to.up) {
                return;
              }
              if (to.chain.size() >= status.height()) {
                to.fetchedBy(this);
              } else {
                to.feed(new Event.StatusReceived(FakeSigner.addressOf(index), status));
              }
            });
      }
    }

    private void fetchFrom(Node peer) {
      if (arrives(peer)) {
        later(delay(), () -> peer.fetchedBy(this));
      }
    }

    private void fetchedBy(Node asking) {
      if (!up || !arrives(asking)) {
        return;
      }
      for (int i = asking.chain.size(); i < chain.size(); i++) {
        asking.importBlock(chain.get(i), rounds.get(i));
      }
    }

    private void importBlock(ProposedBlock block, int round) {
      if (block.number() != chain.size() + 1 || !up) {
        return;
      }
      chain.add(block);
      rounds.add(round);
      checkAgreement(this, block);
      ledger.removeIf(record -> record.height() <= block.number());
      later(0, () -> feed(new Event.BlockImported(parent(), validators)));
    }

    private boolean arrives(Node to) {
      return links.connected().test(index, to.index) && random.nextDouble() >= links.loss();
    }

    private void transmit(Node to, Event event) {
      if (to != this && arrives(to)) {
        schedule(delay(), () -> to.feed(event));
      }
    }
  }

  final List<Node> nodes = new ArrayList<>();
  private final ValidatorSet validators;
  private final BftConfig config;
  private final PriorityQueue<Scheduled> queue = new PriorityQueue<>();
  private final SplittableRandom random;
  private final Map<Long, Hash> decided = new TreeMap<>();
  private Links links = Links.GOOD;
  private long sequence;
  private long now;

  TestNetwork(int size, long seed) {
    this(size, seed, PERIOD, PERIOD);
  }

  TestNetwork(int size, long seed, long period, long emptyPeriod) {
    random = new SplittableRandom(seed);
    validators = ValidatorSet.of(IntStream.range(0, size).mapToObj(FakeSigner::addressOf).toList());
    config =
        BftConfig.of(
            GENESIS, ProposerSelection.of(ProposerPolicy.ROUND_ROBIN), period, emptyPeriod, 500);
    IntStream.range(0, size).forEach(i -> nodes.add(new Node(i)));
  }

  void start() {
    nodes.forEach(Node::start);
    for (Node node : nodes) {
      nodes.forEach(o -> node.feed(new Event.PeerUp(FakeSigner.addressOf(o.index))));
    }
  }

  void links(Links newLinks) {
    links = newLinks;
  }

  long now() {
    return now;
  }

  SplittableRandom random() {
    return random;
  }

  private long delay() {
    return 1 + random.nextLong(links.delayMax());
  }

  private int indexOf(Address address) {
    return validators.indexOf(address);
  }

  void schedule(long delay, Runnable action) {
    queue.add(new Scheduled(now + delay, sequence++, action));
  }

  void runUntil(long time) {
    while (!queue.isEmpty() && queue.peek().time() <= time) {
      Scheduled next = queue.remove();
      now = next.time();
      next.action().run();
    }
    now = time;
  }

  private void checkAgreement(Node node, ProposedBlock block) {
    Hash other = decided.putIfAbsent(block.number(), block.hash());
    if (other != null && !other.equals(block.hash())) {
      throw new AssertionError(
          "node " + node.index + " decided another block at height " + block.number());
    }
  }

  /** The lowest height of the nodes that are up. */
  int commonHeight() {
    return nodes.stream().filter(n -> n.up).mapToInt(n -> n.chain.size()).min().orElse(0);
  }
}
