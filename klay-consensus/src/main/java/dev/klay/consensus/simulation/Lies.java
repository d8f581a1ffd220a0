package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.PreparedClaim;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.consensus.bft.Status;
import dev.klay.consensus.simulation.Behaviour.Delivery;
import dev.klay.consensus.transport.Frame;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The Byzantine strategies of {@code reliability.md} section 3, each as a behaviour. */
final class Lies {
  private Lies() {}

  private static Optional<Message> own(SimulatedNode liar, Frame frame) {
    return frame instanceof Frame.Vote vote && vote.message().author().equals(liar.address())
        ? Optional.of(vote.message())
        : Optional.empty();
  }

  private static Forger forger(SimulatedNode liar) {
    return new Forger(liar.world().options().genesisHash(), liar.signer());
  }

  private static List<Delivery> vote(Message message) {
    return Delivery.now(new Frame.Vote(message));
  }

  /** Says nothing at all, or nothing to some. */
  record Silent(long receivers) implements Behaviour {
    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      return (receivers >> to.index() & 1) == 1 ? List.of() : Delivery.now(frame);
    }
  }

  /** Sends everything late: by this much, or drop by drop. */
  record Late(long millis, boolean drips) implements Behaviour {
    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      long delay = drips ? liar.random().nextLong(millis + 1) : millis;
      return List.of(new Delivery(frame, delay));
    }
  }

  /**
   * As a leader shows one block to some and another to the rest, or a wrong one, or one of the edge
   * of its time.
   */
  record Equivocates(int groups, boolean invalid, long timeShiftMillis) implements Behaviour {
    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      Optional<Message> own = own(liar, frame);
      if (own.isPresent()
          && own.orElseThrow() instanceof Proposal proposal
          && proposal.prepares().isEmpty()
          && proposal.block() instanceof LightBlock block) {
        int group = to.index() % groups;
        LightBlock shown = group == 0 ? block : block.variant(1_000_000L * group + block.salt());
        shown = invalid && group == groups - 1 ? shown.invalid() : shown;
        shown = timeShiftMillis == 0 ? shown : shown.at(shown.timestampMillis() + timeShiftMillis);
        return vote(forger(liar).propose(proposal, shown));
      }
      return Delivery.now(frame);
    }
  }

  /** Shows its PREPARE to one node of a round only, and keeps its COMMIT. */
  record SplitsVotes(boolean keepsCommits) implements Behaviour {
    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      Optional<Message> own = own(liar, frame);
      if (own.isEmpty()) {
        return frame instanceof Frame.Vote ? List.of() : Delivery.now(frame); // it relays nothing
      }
      Message message = own.orElseThrow();
      if (message instanceof Prepare prepare) {
        int chosen = (int) ((prepare.height() + prepare.round()) % liar.world().nodes().size());
        return to.index() == chosen ? Delivery.now(frame) : List.of();
      }
      if (message instanceof Commit && keepsCommits) {
        return List.of();
      }
      if (message instanceof RoundChange change) {
        return vote(
            forger(liar).change(change.height(), change.round(), Optional.empty(), List.of()));
      }
      return Delivery.now(frame);
    }
  }

  /**
   * Claims to be prepared for a block of its own that nobody prepared, and proves it with its own
   * vote many times.
   */
  static final class FalseClaims implements Behaviour {
    private final boolean always;
    private Optional<LightBlock> known = Optional.empty();

    FalseClaims(boolean always) {
      this.always = always;
    }

    @Override
    public void received(SimulatedNode liar, SimulatedNode from, Frame frame) {
      if (frame instanceof Frame.Vote vote
          && vote.message() instanceof Proposal proposal
          && proposal.block() instanceof LightBlock block) {
        known = Optional.of(block.variant(block.salt() + 3_000_000));
      }
    }

    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      Optional<Message> own = own(liar, frame);
      if (own.isPresent()
          && own.orElseThrow() instanceof RoundChange change
          && (always || change.round() % 2 == 1)
          && known.filter(block -> block.number() == change.height()).isPresent()) {
        LightBlock block = known.orElseThrow();
        int claimed = always ? change.round() - 1 : 0;
        Prepare vote = forger(liar).prepare(change.height(), claimed, block.hash());
        return vote(
            forger(liar).claim(change, new PreparedClaim(claimed, block.hash()), block, vote));
      }
      return Delivery.now(frame);
    }
  }

  /** As the leader of a later round proposes something new where something old is due. */
  record IgnoresLocks() implements Behaviour {
    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      Optional<Message> own = own(liar, frame);
      if (own.isPresent()
          && own.orElseThrow() instanceof Proposal proposal
          && proposal.round() > 0
          && proposal.block() instanceof LightBlock block) {
        return vote(forger(liar).proposeAnew(proposal, block.by(liar.address(), 9_000_000)));
      }
      return Delivery.now(frame);
    }
  }

  /** Small changes of its own messages, other ones for each receiver (ByzzFuzz). */
  record Mutates(double rate, int kinds) implements Behaviour {
    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      Optional<Message> own = own(liar, frame);
      SplittableRandom random = liar.random();
      if (own.isEmpty() || random.nextDouble() >= rate) {
        return Delivery.now(frame);
      }
      return mutate(liar, own.orElseThrow(), frame, random);
    }

    private List<Delivery> mutate(
        SimulatedNode liar, Message message, Frame frame, SplittableRandom random) {
      Forger forger = forger(liar);
      int step = random.nextBoolean() ? 1 : -1;
      int round = Math.max(0, message.round() + step);
      long height = Math.max(1, message.height() + step);
      Hash other = liar.chain().head().hash();
      if (message instanceof Prepare prepare) {
        return switch (random.nextInt(kinds)) {
          case 0 -> vote(forger.prepare(prepare.height(), round, prepare.hash()));
          case 1 -> vote(forger.prepare(height, prepare.round(), prepare.hash()));
          default -> vote(forger.prepare(prepare.height(), prepare.round(), other));
        };
      }
      if (message instanceof Commit commit) {
        return switch (random.nextInt(kinds)) {
          case 0 -> vote(forger.commit(commit.height(), round, commit.hash()));
          case 1 -> vote(forger.commit(height, commit.round(), commit.hash()));
          default -> vote(forger.commit(commit.height(), commit.round(), other));
        };
      }
      if (message instanceof RoundChange change) {
        return switch (random.nextInt(kinds + 2)) {
          case 0 ->
              vote(forger.change(change.height(), change.round(), Optional.empty(), List.of()));
          case 1 ->
              vote(forger.change(change.height(), round + 1, change.claim(), change.prepares()));
          case 2 ->
              vote(
                  forger.change(
                      change.height(),
                      change.round(),
                      change.claim(),
                      change.prepares().subList(0, change.prepares().size() / 2)));
          default -> {
            List<Prepare> twice = new ArrayList<>(change.prepares());
            change.prepares().stream().limit(1).forEach(twice::add);
            yield vote(forger.change(change.height(), change.round(), change.claim(), twice));
          }
        };
      }
      return random.nextBoolean() ? List.of() : Delivery.now(frame);
    }
  }

  /** Many round changes and votes for rounds and heights that nobody is at. */
  record Floods(int frames) implements Behaviour {
    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      List<Delivery> all = new ArrayList<>(Delivery.now(frame));
      Optional<Message> own = own(liar, frame);
      if (own.isPresent()) {
        Message message = own.orElseThrow();
        Forger forger = forger(liar);
        for (int i = 0; i < frames; i++) {
          int round = message.round() + 1 + liar.random().nextInt(5000);
          long height = message.height() + liar.random().nextInt(12);
          all.addAll(vote(forger.change(height, round, Optional.empty(), List.of())));
          all.addAll(vote(forger.commit(height, round, LightChain.GENESIS)));
        }
      }
      return all;
    }
  }

  /** Wrong heads, truncated ranges, blocks with a seal too few or of another round. */
  record SyncLies(int kind) implements Behaviour {
    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      if (frame instanceof Frame.Knowledge knowledge && kind == 0) {
        Status s = knowledge.status();
        Status boast =
            new Status(
                s.height() + 1000,
                s.headHash(),
                0,
                false,
                new BitSet(),
                new BitSet(),
                new BitSet());
        return Delivery.now(new Frame.Knowledge(boast, knowledge.wallClockMillis()));
      }
      if (frame instanceof Frame.FinalBlocks blocks) {
        return Delivery.now(new Frame.FinalBlocks(falsified(blocks.blocks())));
      }
      return Delivery.now(frame);
    }

    private List<FinalBlock> falsified(List<FinalBlock> blocks) {
      if (kind <= 1) {
        return blocks.subList(0, (blocks.size() + 1) / 2);
      }
      List<FinalBlock> wrong = new ArrayList<>();
      for (FinalBlock block : blocks) {
        CommitCertificate c = block.certificate();
        int round = kind == 2 ? c.round() + 1 : c.round();
        int from = kind == 2 ? 0 : 1;
        wrong.add(
            new FinalBlock(
                block.block(),
                new CommitCertificate(
                    c.height(), round, c.blockHash(), c.seals().subList(from, c.seals().size()))));
      }
      return wrong;
    }
  }

  /** Plays another one of several behaviours in each round towards each receiver. */
  record Changes(List<Behaviour> among) implements Behaviour {
    @Override
    public List<Delivery> sent(SimulatedNode liar, SimulatedNode to, Frame frame) {
      int round =
          frame instanceof Frame.Vote vote
              ? vote.message().round() + (int) vote.message().height() * 31
              : 0;
      int pick = Math.floorMod(round * 7919 + to.index() * 104_729 + liar.index(), among.size());
      return among.get(pick).sent(liar, to, frame);
    }
  }
}
