package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.BftMachine;
import dev.klay.consensus.bft.MessageSigner;
import dev.klay.consensus.node.Ballots;
import dev.klay.consensus.node.ExecutedChain;
import dev.klay.consensus.node.MachineFactory;
import dev.klay.consensus.node.NodeLimits;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A network in virtual time, decided by one seed: two runs of the same program give the same
 * events. Nodes run the production classes of consensus, vote ledger and sync. For one thread.
 *
 * <pre>{@code
 * try (SimulatedNetwork sim = KlayNetwork.simulated(4).seed(42).build()) {
 *   sim.node(2).inject(Fault.equivocation());
 *   sim.partition(Set.of(0, 1), Set.of(2, 3)).during(Duration.ofMinutes(1));
 *   sim.runFor(Duration.ofMinutes(10));
 *   sim.checkSafety();
 * }
 * }</pre>
 */
public final class SimulatedNetwork implements AutoCloseable {
  private final World world;

  private SimulatedNetwork(Options options) {
    world = new World(options);
    world.nodes().forEach(SimulatedNode::trust);
    world.nodes().forEach(SimulatedNode::start);
  }

  /** A network of so many validators, to be configured. */
  public static Builder of(int validators) {
    return new Builder(validators);
  }

  static SimulatedNetwork of(Options options) {
    return new SimulatedNetwork(options);
  }

  World world() {
    return world;
  }

  /** A node by its place: validators first, then joiners, then rangers. */
  public SimulatedNode node(int index) {
    return world.nodes().get(index);
  }

  public List<SimulatedNode> nodes() {
    return List.copyOf(world.nodes());
  }

  /** Cuts all links between the groups; what follows says for how long. */
  public Partition partition(Set<Integer> one, Set<Integer> other) {
    return new Partition(one, other);
  }

  /** A partition to be. */
  public final class Partition {
    private final Set<Integer> one;
    private final Set<Integer> other;

    private Partition(Set<Integer> one, Set<Integer> other) {
      this.one = Set.copyOf(one);
      this.other = Set.copyOf(other);
    }

    /** From now on for this long. */
    public void during(Duration duration) {
      forEachLink(Link::cut);
      world.queue().after(duration.toNanos(), () -> forEachLink(Link::mend));
    }

    private void forEachLink(Consumer<Link> change) {
      for (int a : one) {
        for (int b : other) {
          change.accept(world.link(node(a), node(b)));
          change.accept(world.link(node(b), node(a)));
        }
      }
    }
  }

  /** Lets virtual time pass. */
  public void runFor(Duration duration) {
    runUntil(() -> false, duration);
  }

  /** Lets virtual time pass until the condition holds; whether it did in time. */
  public boolean runUntil(BooleanSupplier condition, Duration atMost) {
    long end = world.now() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (!world.step(end)) {
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  /** Virtual time since the start. */
  public Duration now() {
    return Duration.ofNanos(world.now());
  }

  /** The lowest height of the honest nodes that run. */
  public long commonHeight() {
    return world.nodes().stream()
        .filter(node -> node.isUp() && !node.isLiar())
        .mapToLong(SimulatedNode::height)
        .min()
        .orElse(0);
  }

  /** What the checker found so far; none on a correct implementation with at most f liars. */
  public List<Violation> violations() {
    return List.copyOf(world.checker().violations());
  }

  /**
   * Demands that no promise was broken.
   *
   * @throws AssertionError with the first violation and the seed
   */
  public void checkSafety() {
    if (!violations().isEmpty()) {
      throw new AssertionError("seed " + world.options().seed() + ": " + violations());
    }
  }

  /** A number over all that happened: equal for equal seeds and programs. */
  public long digest() {
    return world.trace().digest();
  }

  /** What happened how often. */
  public Coverage coverage() {
    return world.coverage();
  }

  /** Ends all processes. */
  @Override
  public void close() {
    world.nodes().forEach(SimulatedNode::crash);
  }

  /** What a simulated network needs to know. */
  public static final class Builder {
    private final int validators;
    private int joiners;
    private int rangers;
    private long seed = 1;
    private Duration period = Duration.ofSeconds(1);
    private Duration emptyPeriod = Duration.ofSeconds(1);
    private long epochLength = 600;
    private ProposerPolicy policy = ProposerPolicy.ROUND_ROBIN;
    private Map<Address, Integer> weights = Map.of();
    private int keptBlocks = ChainRules.ALL_BLOCKS;
    private boolean encodes = true;
    private boolean tracesText = true;
    private boolean autoBallot;
    private MachineFactory machines = BftMachine::new;
    private Optional<ChainSpec> real = Optional.empty();

    private Builder(int validators) {
      if (validators < 1 || validators > 100) {
        throw new IllegalArgumentException("1 to 100 validators, not " + validators);
      }
      this.validators = validators;
    }

    /** Decides everything that happens by chance. */
    public Builder seed(long newSeed) {
      seed = newSeed;
      return this;
    }

    /** Consensus nodes that are no validators yet. */
    public Builder joiners(int count) {
      joiners = count;
      return this;
    }

    public Builder rangers(int count) {
      rangers = count;
      return this;
    }

    /** Time between blocks, empty ones too; zero makes blocks only when there is work. */
    public Builder blockPeriod(Duration newPeriod) {
      period = newPeriod;
      emptyPeriod = newPeriod;
      return this;
    }

    /** Time after which an empty block is made. */
    public Builder emptyPeriod(Duration newPeriod) {
      emptyPeriod = newPeriod;
      return this;
    }

    /** Blocks in an epoch, at whose end validators change. */
    public Builder epochLength(long blocks) {
      epochLength = blocks;
      return this;
    }

    public Builder policy(ProposerPolicy newPolicy) {
      policy = newPolicy;
      return this;
    }

    /** Nodes vote for the removal of validators that they catch, as {@code NodeBuilder} has it. */
    public Builder autoBallot() {
      autoBallot = true;
      return this;
    }

    /**
     * Validators propose as often as they weigh.
     *
     * @param byPlace weights of the first validators, 1 to {@value ProposerPolicy#WEIGHT_MAX}; the
     *     others weigh 1
     */
    public Builder weights(int... byPlace) {
      Map<Address, Integer> named = new TreeMap<>();
      for (int i = 0; i < byPlace.length; i++) {
        named.put(World.addressOf(i), byPlace[i]);
      }
      weights = named;
      return policy(ProposerPolicy.WEIGHTED);
    }

    /**
     * Lets nodes, and what watches them, forget all but the last so many blocks: for runs of days.
     * A node that was away for longer finds nobody to catch up from.
     *
     * @param blocks at least two epochs
     */
    public Builder keptBlocks(int blocks) {
      if (blocks < 2 * epochLength) {
        throw new IllegalArgumentException(
            "at least two epochs of " + epochLength + " are kept, not " + blocks + " blocks");
      }
      keptBlocks = blocks;
      return this;
    }

    /** Hands frames over as objects, which is faster than as bytes. */
    public Builder withoutCodec() {
      encodes = false;
      return this;
    }

    Builder machines(MachineFactory newMachines) {
      machines = newMachines;
      return this;
    }

    Builder tracesText(boolean traces) {
      tracesText = traces;
      return this;
    }

    /**
     * Real transactions, execution and signatures, on a chain like this one: its genesis,
     * parameters and published keys; validators and periods are this builder's. Costs some
     * milliseconds a block.
     */
    public Builder realBlocks(ChainSpec like) {
      real = Optional.of(like);
      return this;
    }

    /** Starts all nodes at virtual time zero. */
    public SimulatedNetwork build() {
      return real.isPresent() ? buildReal(real.orElseThrow()) : buildLight();
    }

    private SimulatedNetwork buildReal(ChainSpec like) {
      ChainSpec spec =
          like.withValidators(validators).withBlockPeriod(period).withEmptyPeriod(emptyPeriod);
      List<MessageSigner> signers = new ArrayList<>();
      for (Address validator : spec.validators()) {
        signers.add(new RealSigner(DevKeys.ofValidator(validator).orElseThrow()));
      }
      Hash genesis = spec.genesis().block(spec.sealRule(), spec.genesis().state()).hash();
      return new SimulatedNetwork(
          new Options(
              seed,
              genesis,
              validators,
              signers,
              rangers,
              rules(spec.genesis().parameters().epoch()),
              machines,
              NodeLimits.of(validators),
              SignerRecovery.SECP256K1,
              ExecutedChain.FORMAT,
              (options, signer, ballots) -> new RealChain(spec, signer, ballots),
              UnaryOperator.identity(),
              encodes,
              tracesText,
              autoBallot));
    }

    private ChainRules rules(long epoch) {
      return new ChainRules(
          period.toMillis(), emptyPeriod.toMillis(), 500, epoch, policy, weights, keptBlocks);
    }

    private SimulatedNetwork buildLight() {
      List<MessageSigner> signers = new ArrayList<>();
      for (int i = 0; i < validators + joiners; i++) {
        signers.add(new FakeSignatures.Signer(World.addressOf(i)));
      }
      return new SimulatedNetwork(
          new Options(
              seed,
              LightChain.GENESIS,
              validators,
              signers,
              rangers,
              rules(epochLength),
              machines,
              NodeLimits.of(validators),
              FakeSignatures.RECOVERY,
              LightBlock.FORMAT,
              Builder::lightChain,
              UnaryOperator.identity(),
              encodes,
              tracesText,
              autoBallot));
    }

    private static LightChain lightChain(Options options, MessageSigner signer, Ballots ballots) {
      return new LightChain(
          options.rules(),
          options.signers().stream().limit(options.validators()).map(s -> s.address()).toList(),
          Optional.of(signer.address()),
          ballots,
          new SealCheck(LightChain.GENESIS, options.recovery()));
    }
  }
}
