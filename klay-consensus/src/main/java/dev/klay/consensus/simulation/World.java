package dev.klay.consensus.simulation;

import dev.klay.consensus.NodeRole;
import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.node.Ballots;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.wire.FrameCodec;
import dev.klay.consensus.wire.MessageCodec;
import dev.klay.consensus.wire.WireLimits;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything of one simulated network: time, nodes, links, and the checker that watches. Each
 * subject has a generator of its own, so that one more draw here changes nothing there.
 */
final class World {
  private static final long MILLIS = 1_000_000;
  private static final int BLOCK_BYTES_MAX = 1 << 20;
  private static final int VOTE_BYTES = 200;

  private final Options options;
  private final EventQueue queue = new EventQueue();
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final TreeMap<Address, List<SimulatedNode>> byAddress = new TreeMap<>();
  private final List<List<Link>> links = new ArrayList<>();
  private final SplittableRandom networkRandom;
  private final SplittableRandom diskRandom;
  private final SplittableRandom liarRandom;
  private final MessageCodec messages;
  private final FrameCodec codec;
  private final Checker checker;
  private final Coverage coverage = new Coverage();
  private final Trace trace;
  private final TreeSet<Address> distrusted = new TreeSet<>();
  private final TwinRouting twins = new TwinRouting();
  private final Conspiracy conspiracy = new Conspiracy();
  private boolean faultsOver;
  private double typedLoss;
  private long typedSalt;
  private int jumped = -1;

  World(Options options) {
    this.options = options;
    SplittableRandom root = new SplittableRandom(FakeSignatures.mix(options.seed() * 31 + 7));
    networkRandom = root.split();
    diskRandom = root.split();
    liarRandom = root.split();
    trace = new Trace(options.tracesText());
    SealCheck seals = new SealCheck(options.genesisHash(), options.recovery());
    messages = new MessageCodec(options.genesisHash(), options.recovery(), options.format());
    codec = new FrameCodec(messages, options.format(), new WireLimits(BLOCK_BYTES_MAX));
    List<Address> genesis =
        options.signers().stream().limit(options.validators()).map(s -> s.address()).toList();
    checker = new Checker(options.rules(), seals, genesis);
    for (var signer : options.signers()) {
      add(NodeRole.CONSENSUS, signer);
    }
    for (int i = 0; i < options.rangers(); i++) {
      add(NodeRole.RANGER, new FakeSignatures.Signer(addressOf(200 + i)));
    }
  }

  /** Addresses of fake signers, ascending. */
  static Address addressOf(int node) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[0] = (byte) (node + 1);
    return Address.of(bytes);
  }

  private void add(NodeRole role, MessageSigner signer) {
    addProcess(role, signer);
  }

  /** One more process; a second one with the same signer is its twin. */
  SimulatedNode addProcess(NodeRole role, MessageSigner signer) {
    Ballots ballots = new Ballots();
    SimulatedNode node =
        new SimulatedNode(
            this,
            nodes.size(),
            role,
            signer,
            options.chains().create(options, signer, ballots),
            ballots,
            diskRandom.split());
    nodes.add(node);
    byAddress.computeIfAbsent(node.address(), a -> new ArrayList<>()).add(node);
    links.forEach(row -> row.add(new Link()));
    List<Link> row = new ArrayList<>();
    nodes.forEach(n -> row.add(new Link()));
    links.add(row);
    return node;
  }

  // Connections and frames

  void connect(SimulatedNode node) {
    for (SimulatedNode other : nodes) {
      if (other.isUp() && !other.address().equals(node.address())) {
        int otherLife = other.life();
        int life = node.life();
        queue.after(MILLIS, () -> node.peerUp(life, other));
        queue.after(MILLIS, () -> other.peerUp(otherLife, node));
      }
    }
  }

  void disconnect(SimulatedNode node) {
    for (SimulatedNode other : nodes) {
      if (other != node && other.isUp()) {
        int otherLife = other.life();
        queue.after(
            networkRandom.nextLong(1, 500) * MILLIS,
            () -> {
              if (!node.isUp()) {
                other.peerDown(otherLife, node);
              }
            });
      }
    }
  }

  /** A frame leaves a process at a time for whoever has the address. */
  void send(SimulatedNode from, Address to, Frame frame, long departs) {
    for (SimulatedNode receiver : byAddress.getOrDefault(to, List.of())) {
      Behaviour behaviour = from.behaviour();
      if (receiver == from || !receiver.isUp() || !twins.reaches(from, receiver, frame)) {
        continue;
      }
      if (behaviour == null) {
        transmit(from, receiver, frame, departs);
        continue;
      }
      for (Behaviour.Delivery delivery : behaviour.sent(from, receiver, frame)) {
        lie(from, receiver, delivery, departs);
      }
    }
  }

  void lie(SimulatedNode from, SimulatedNode to, Behaviour.Delivery delivery, long departs) {
    if (delivery.frame() instanceof Frame.Vote vote) {
      checker.noteCommit(vote.message());
    }
    transmit(from, to, delivery.frame(), departs + delivery.delayMillis() * MILLIS);
  }

  private void transmit(SimulatedNode from, SimulatedNode to, Frame frame, long departs) {
    Link link = link(from, to);
    int copies = link.repeats(networkRandom) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (link.loses(networkRandom) || losesType(from, to, frame)) {
        continue;
      }
      long delay = link.delayNanos(departs, sizeOf(frame), networkRandom);
      if (delay >= 0) {
        int fromLife = from.life();
        int toLife = to.life();
        queue.at(departs + delay, () -> deliver(from, fromLife, to, toLife, frame));
      }
    }
  }

  /**
   * From now on links lose kinds of messages: for each pair, kind and round it is drawn once
   * whether they arrive. So locks come about that only some know of.
   */
  void loseTypes(double rate, long salt) {
    typedLoss = rate;
    typedSalt = salt;
  }

  private boolean losesType(SimulatedNode from, SimulatedNode to, Frame frame) {
    if (typedLoss <= 0 || faultsOver || !(frame instanceof Frame.Vote vote)) {
      return false;
    }
    Message message = vote.message();
    long place = message.height() * 1_000_003 + message.round() * 10_007L + kindOf(message) * 101L;
    long drawn = FakeSignatures.mix(typedSalt * 31 + place * 17 + from.index() * 257L + to.index());
    return (drawn >>> 11) * 0x1.0p-53 < typedLoss;
  }

  private static int kindOf(Message message) {
    if (message instanceof Proposal) {
      return 0;
    }
    return message instanceof Prepare ? 1 : message instanceof Commit ? 2 : 3;
  }

  private static int sizeOf(Frame frame) {
    if (frame instanceof Frame.FinalBlocks blocks) {
      return VOTE_BYTES * 4 * blocks.blocks().size();
    }
    return VOTE_BYTES;
  }

  /** What was on its way when a process ended is lost with the connection. */
  private void deliver(
      SimulatedNode from, int fromLife, SimulatedNode to, int toLife, Frame frame) {
    if (from.life() != fromLife || link(from, to).isCut()) {
      return;
    }
    if (!options.encodes()) {
      to.receive(toLife, from, frame);
      return;
    }
    Bytes bytes = codec.encode(frame);
    try {
      to.receive(toLife, from, codec.decode(bytes));
    } catch (DecodingException e) {
      if (!from.isLiar()) {
        checker.fail("wire", nowMillis(), from + " sent what cannot be read: " + e.getMessage());
      }
    }
  }

  Link link(SimulatedNode from, SimulatedNode to) {
    return links.get(from.index()).get(to.index());
  }

  // What nodes tell

  void imported(SimulatedNode node, FinalBlock block) {
    trace.add(
        queue.now(),
        node.index(),
        Trace.IMPORTED,
        block.number(),
        FakeSignatures.fold(block.hash().unsafeArray()));
    if (node.isLiar()) {
      return;
    }
    long latest =
        nodes.stream()
            .filter(n -> !n.isLiar() && n.role() == NodeRole.CONSENSUS)
            .mapToLong(n -> n.clock().wallMillis(queue.now()))
            .max()
            .orElseThrow();
    checker.imported(node, block, nowMillis(), latest);
    if (block.certificate().round() > 0 && node.round() > block.certificate().round()) {
      coverage.hit(Sometimes.OLD_ROUND_CERTIFICATE);
    }
    if (block.block() instanceof LightBlock light && !light.nextValidators().isEmpty()) {
      if (!light.nextValidators().equals(light.validators())) {
        coverage.hit(Sometimes.EPOCH_CHANGE);
        if (!light.nextValidators().contains(light.builder())) {
          coverage.hit(Sometimes.LEADER_REMOVED);
        }
        boolean culpritLeft =
            light.validators().stream()
                .anyMatch(v -> isDistrusted(v) && !light.nextValidators().contains(v));
        if (culpritLeft && options.autoBallot()) {
          coverage.hit(Sometimes.CULPRIT_REMOVED);
        }
      }
    }
  }

  void caught(SimulatedNode by, Evidence evidence) {
    coverage.hit(Sometimes.valueOf(evidence.kind().name()));
    if (!by.isLiar()) {
      checker.caught(by, evidence, !distrusted.contains(evidence.culprit()), nowMillis());
    }
  }

  void stopped(SimulatedNode node, Effect.StopReason reason, String detail) {
    trace(node, Trace.STOPPED, node.headNumber(), reason.ordinal());
    if (reason == Effect.StopReason.TWIN_KEY) {
      coverage.hit(Sometimes.TWIN_STOP);
    } else if (reason == Effect.StopReason.STORAGE_FAULT) {
      coverage.hit(Sometimes.STORAGE_STOP);
    }
    boolean lawful =
        reason == Effect.StopReason.STORAGE_FAULT || distrusted.contains(node.address());
    if (!lawful) {
      checker.fail("I15", nowMillis(), node + " stopped: " + reason + ", " + detail);
    }
  }

  void banned(SimulatedNode by, Address peer, String why) {
    coverage.hit(Sometimes.PEER_BANNED);
    if (!by.isLiar() && !distrusted.contains(peer)) {
      checker.fail("I15", nowMillis(), by + " banned honest " + peer + ": " + why);
    }
  }

  /** The identity counts among the faulty ones from now on. */
  void distrust(SimulatedNode node) {
    distrusted.add(node.address());
  }

  void trace(SimulatedNode node, int kind, long a, long b) {
    trace.add(queue.now(), node.index(), kind, a, b);
  }

  boolean step(long untilNanos) {
    return queue.step(untilNanos);
  }

  long now() {
    return queue.now();
  }

  long nowMillis() {
    return queue.now() / MILLIS;
  }

  EventQueue queue() {
    return queue;
  }

  Options options() {
    return options;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  MessageCodec messages() {
    return messages;
  }

  Checker checker() {
    return checker;
  }

  Coverage coverage() {
    return coverage;
  }

  Trace trace() {
    return trace;
  }

  TwinRouting twins() {
    return twins;
  }

  SplittableRandom liarRandom() {
    return liarRandom;
  }

  /** From here on nothing planned goes wrong any more. */
  void faultsOver() {
    faultsOver = true;
    jumped = -1;
  }

  boolean areFaultsOver() {
    return faultsOver;
  }

  /** One node at most has a clock that is far off. */
  boolean mayJump(SimulatedNode node) {
    if (jumped < 0) {
      jumped = node.index();
    }
    return jumped == node.index();
  }

  Conspiracy conspiracy() {
    return conspiracy;
  }

  boolean isDistrusted(Address address) {
    return distrusted.contains(address);
  }
}
