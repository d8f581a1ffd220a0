package dev.klay.consensus.bft;

import dev.klay.consensus.validator.ProposerSelection;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One machine of four, fed by hand; the other validators say what a test makes them say. */
final class Round {
  static final Hash GENESIS = Hash.fromHex("0x" + "cd".repeat(32));
  static final ValidatorSet FOUR =
      ValidatorSet.of(IntStream.range(0, 4).mapToObj(FakeSigner::addressOf).toList());
  static final Parent PARENT = new Parent(0, GENESIS, 0, Optional.empty(), GENESIS);

  final int self;
  final BftMachine machine;
  final List<LedgerRecord> ledger = new ArrayList<>();
  final List<Effect> all = new ArrayList<>();
  long now = 1000;

  Round(int self) {
    this(self, List.of());
  }

  Round(int self, List<LedgerRecord> ledger) {
    this.self = self;
    this.machine =
        new BftMachine(config(), Optional.of(new FakeSigner(address(self))), PARENT, FOUR);
    this.ledger.addAll(ledger);
    perform(machine.start(ledger, now));
  }

  static BftConfig config() {
    return BftConfig.of(GENESIS, ProposerSelection.of(ProposerPolicy.ROUND_ROBIN), 1000, 1000, 500);
  }

  static Address address(int node) {
    return FakeSigner.addressOf(node);
  }

  /** A block by a node; the salt tells blocks apart. */
  static FakeBlock block(int builder, long salt) {
    return new FakeBlock(1, GENESIS, 1000, address(builder), salt);
  }

  private void perform(List<Effect> effects) {
    all.addAll(effects);
    for (Effect effect : effects) {
      if (effect instanceof Effect.Persist persist) {
        ledger.add(persist.record());
      } else if (effect instanceof Effect.Validate validate) {
        feed(new Event.BlockValidated(1, validate.block().hash(), Optional.empty()));
      }
    }
  }

  void feed(Event event) {
    perform(machine.step(event, now));
  }

  Round hears(Message message) {
    feed(new Event.MessageReceived(message));
    return this;
  }

  Round timesOut(int round) {
    feed(new Event.TimerFired(new TimerId(TimerId.Kind.ROUND, 1, round)));
    return this;
  }

  // What others say

  private static Bytes sign(int node, Hash digest) {
    return new FakeSigner(address(node)).sign(digest);
  }

  private static Hash digest(int type, int round, Hash hash) {
    return ConsensusDigest.ofBlock(type, GENESIS, 1, round, hash);
  }

  static Proposal proposal(int by, int round, FakeBlock block) {
    return proposal(by, round, block, List.of(), List.of());
  }

  static Proposal proposal(
      int by, int round, FakeBlock block, List<RoundChange> changes, List<Prepare> prepares) {
    Bytes signature = sign(by, digest(ConsensusDigest.PROPOSAL, round, block.hash()));
    return new Proposal(
        1,
        round,
        block.hash(),
        address(by),
        signature,
        block,
        changes.stream().map(RoundChange::head).toList(),
        prepares);
  }

  static Prepare prepare(int by, int round, FakeBlock block) {
    Bytes signature = sign(by, digest(ConsensusDigest.PREPARE, round, block.hash()));
    return new Prepare(1, round, block.hash(), address(by), signature);
  }

  static Commit commit(int by, int round, FakeBlock block) {
    Bytes signature = sign(by, digest(ConsensusDigest.COMMIT, round, block.hash()));
    return new Commit(1, round, block.hash(), address(by), signature);
  }

  static RoundChange change(int by, int round) {
    Hash digest = ConsensusDigest.ofRoundChange(GENESIS, 1, round);
    return new RoundChange(
        1, round, Optional.empty(), address(by), sign(by, digest), List.of(), Optional.empty());
  }

  static RoundChange change(int by, int round, int preparedIn, FakeBlock block, List<Prepare> q) {
    Hash digest = ConsensusDigest.ofRoundChange(GENESIS, 1, round, preparedIn, block.hash());
    return new RoundChange(
        1,
        round,
        Optional.of(new PreparedClaim(preparedIn, block.hash())),
        address(by),
        sign(by, digest),
        q,
        Optional.of(block));
  }

  // What the machine did

  <T extends Message> List<T> said(Class<T> type) {
    return all.stream()
        .filter(Effect.Broadcast.class::isInstance)
        .map(e -> ((Effect.Broadcast) e).message())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  Optional<Effect.Import> decided() {
    return did(Effect.Import.class).findFirst();
  }

  <T extends Effect> Stream<T> did(Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast);
  }
}
