package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.Effect;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Parent;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.node.Ballots;
import dev.klay.consensus.node.FinalChain;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.core.config.Ballot;
import dev.klay.core.importing.EpochCouncil;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A chain of light blocks. An appended block is durable. Validators follow the same epoch rules as
 * on a real chain. Blocks in front of the last {@code rules.keptBlocks()} are forgotten.
 */
final class LightChain implements FinalChain {
  static final Hash GENESIS = Hash.fromHex("0x" + "ab".repeat(32));
  private static final int PAYLOAD_MAX = 16;

  /** A block and what holds behind it. */
  private record Link(FinalBlock block, EpochCouncil council) {}

  private final ChainRules rules;
  private final EpochCouncil genesis;
  private final Optional<Address> self;
  private final Ballots ballots;
  private final Certificates seals;
  private final List<Link> links = new ArrayList<>();

  /** Blocks in front of the first link, which are forgotten. */
  private int forgotten;

  private final TreeSet<Long> included = new TreeSet<>();
  private final TreeSet<Long> pool = new TreeSet<>();
  private ValidatorSet validators;
  private long built;

  LightChain(
      ChainRules rules,
      List<Address> validators,
      Optional<Address> self,
      Ballots ballots,
      Certificates seals) {
    this.rules = rules;
    this.genesis = EpochCouncil.of(validators, rules.epochLength());
    this.self = self;
    this.ballots = ballots;
    this.seals = seals;
    this.validators = ValidatorSet.of(validators);
  }

  private EpochCouncil council() {
    return links.isEmpty() ? genesis : links.get(links.size() - 1).council();
  }

  @Override
  public Hash genesisHash() {
    return GENESIS;
  }

  @Override
  public Parent head() {
    Hash epoch = hashOf(genesis.epochStart(height()));
    if (links.isEmpty()) {
      return new Parent(0, GENESIS, 0, Optional.empty(), epoch);
    }
    ProposedBlock last = links.get(links.size() - 1).block().block();
    return new Parent(
        last.number(), last.hash(), last.timestampMillis(), Optional.of(last.builder()), epoch);
  }

  private long height() {
    return forgotten + links.size();
  }

  private Link link(long number) {
    return links.get((int) number - 1 - forgotten);
  }

  private Hash hashOf(long number) {
    return number == 0 ? GENESIS : link(number).block().hash();
  }

  @Override
  public ValidatorSet validators() {
    return validators;
  }

  @Override
  public long validatorsKnownUntil() {
    return genesis.epochStart(height()) + rules.epochLength();
  }

  @Override
  public Optional<ValidatorSet> validatorsOf(long height) {
    if (height > height()) {
      return height <= validatorsKnownUntil() ? Optional.of(validators()) : Optional.empty();
    }
    return height <= forgotten
        ? Optional.empty()
        : Optional.of(ValidatorSet.of(lightAt(height).validators()));
  }

  private LightBlock lightAt(long number) {
    return (LightBlock) link(number).block().block();
  }

  @Override
  public Optional<ProposedBlock> build(Effect.Build build, long timestampMillis) {
    Address builder = self.orElseThrow();
    long number = build.height();
    Optional<Ballot> ballot = ballots.next(validators(), builder, number);
    List<Address> next =
        council().isEpochBlock(number) ? council().decided(builder, ballot) : List.of();
    return Optional.of(
        new LightBlock(
            number,
            build.parent().hash(),
            timestampMillis,
            builder,
            1000L * build.round() + built++,
            council().validators(),
            ballot,
            next,
            pool.stream().limit(PAYLOAD_MAX).toList()));
  }

  @Override
  public Optional<String> validate(ProposedBlock proposed) {
    LightBlock block = (LightBlock) proposed;
    Parent parent = head();
    if (block.number() != parent.number() + 1 || !block.parentHash().equals(parent.hash())) {
      return Optional.of("it does not follow the head");
    }
    if (block.timestampMillis() < parent.timestampMillis() + rules.periodMillis()) {
      return Optional.of("it is too soon after its parent");
    }
    if (!block.validators().equals(council().validators())
        || !validators().contains(block.builder())) {
      return Optional.of("its validators or its builder are wrong");
    }
    List<Address> next =
        council().isEpochBlock(block.number())
            ? council().decided(block.builder(), block.ballot())
            : List.of();
    if (!block.nextValidators().equals(next)) {
      return Optional.of("the next validators are wrong");
    }
    boolean twice = block.payload().stream().anyMatch(included::contains);
    return twice ? Optional.of("a payload for the second time") : Optional.empty();
  }

  @Override
  public Optional<String> importBlock(FinalBlock block) {
    Optional<String> fault = certificateFault(block, validators());
    if (fault.isPresent()) {
      return fault;
    }
    fault = validate(block.block());
    if (fault.isPresent()) {
      return fault;
    }
    LightBlock light = (LightBlock) block.block();
    EpochCouncil next = council().after(light.number(), light.builder(), light.ballot());
    if (next.validators() != council().validators()) {
      validators = ValidatorSet.of(next.validators());
    }
    if (genesis.isEpochBlock(light.number())) {
      ballots.settle(validators);
    }
    links.add(new Link(block, next));
    included.addAll(light.payload());
    pool.removeAll(light.payload());
    forgetOld();
    return Optional.empty();
  }

  /** In batches, since the front of a list is slow to cut off. */
  private void forgetOld() {
    int tooMany = links.size() - rules.keptBlocks();
    if (tooMany > rules.keptBlocks()) {
      List<Link> old = links.subList(0, tooMany);
      old.forEach(link -> included.removeAll(((LightBlock) link.block().block()).payload()));
      old.clear();
      forgotten += tooMany;
    }
  }

  @Override
  public Optional<FinalBlock> block(long number) {
    return number <= forgotten || number > height()
        ? Optional.empty()
        : Optional.of(link(number).block());
  }

  @Override
  public Optional<String> certificateFault(FinalBlock block, ValidatorSet of) {
    return seals.fault(block, of);
  }

  @Override
  public boolean hasWork() {
    return !pool.isEmpty()
        || self.filter(address -> ballots.isOpen(validators(), address)).isPresent();
  }

  /** Takes a number into the pool. */
  void submit(long number) {
    if (!included.contains(number)) {
      pool.add(number);
    }
  }

  /** The store comes back with the first blocks only; the pool is gone anyway. */
  void truncate(long height) {
    while (height() > height && !links.isEmpty()) {
      LightBlock last = lightAt(height());
      included.removeAll(last.payload());
      links.remove(links.size() - 1);
    }
    validators = ValidatorSet.of(council().validators());
    pool.clear();
  }
}
