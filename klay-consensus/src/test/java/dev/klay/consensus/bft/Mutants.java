package dev.klay.consensus.bft;

import dev.klay.consensus.node.MachineFactory;
import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Machines with one mistake each, such as others have made or one easily makes. */
public final class Mutants {
  private Mutants() {}

  /** All of them, by what is wrong. */
  public static Map<String, MachineFactory> machines() {
    Map<String, MachineFactory> all = new LinkedHashMap<>();
    all.put("a quorum of one too few", with(new QuorumOffByOne()));
    all.put("a quorum of 2f+1 for every size", with(new QuorumTwoFPlusOne()));
    all.put("a seal without the round", with(new SealWithoutRound()));
    all.put("a prepare is as good as a seal", with(new PrepareIsSeal()));
    all.put("locks are private: round changes claim nothing", with(new PrivateLocks()));
    all.put("claims lose a prepare", with(new TrimmedPrepares()));
    all.put("prepared blocks are judged by the clock again", with(new FreshnessAlways()));
    all.put("blocks of the future are taken", with(new FreshnessNever()));
    all.put("a node that is alone in a round votes on", with(new StaysInLeftRounds()));
    all.put("a second prepare in a round", with(new PreparesTwice()));
    all.put("one node drags everybody along", with(new DraggedByOne()));
    all.put("nobody is carried along", with(new NeverCatchesUp()));
    all.put("rounds climb without a quorum", with(new ClimbsAlone()));
    all.put("messages are counted, not signers, in proofs", with(new CountsMessages()));
    all.put("a claim of round 0 needs no proof", with(new FreeClaimOfRoundZero()));
    all.put("any claim will do, not the highest", with(new IgnoresHighestClaim()));
    all.put("a commit after one prepare", with(new CommitsAfterOnePrepare()));
    all.put("prepares of other rounds count", with(new PreparesOfAnyRound()));
    all.put("seals of other rounds count together", with(new CommitsOfAnyRound()));
    all.put("timers grow eightfold from round to round", with(new GrowsEightfold()));
    all.put("a round that never times out", with(new NeverTimesOut()));
    all.put("nothing is told again", (c, s, p, v) -> new BftMachine(silent(c), s, p, v));
    return all;
  }

  private static MachineFactory with(Rules rules) {
    return (config, signer, parent, validators) ->
        new BftMachine(config, signer, parent, validators, rules);
  }

  private static BftConfig silent(BftConfig c) {
    return new BftConfig(
        c.genesisHash(),
        c.proposers(),
        c.periodMillis(),
        c.emptyPeriodMillis(),
        c.maxDriftMillis(),
        c.roundTimeoutMillis(),
        c.absentLeaderTimeoutMillis(),
        3_600_000);
  }

  private static final class QuorumOffByOne extends Rules {
    @Override
    int quorum(ValidatorSet validators) {
      return Math.max(1, validators.quorum() - 1);
    }
  }

  private static final class QuorumTwoFPlusOne extends Rules {
    @Override
    int quorum(ValidatorSet validators) {
      return 2 * validators.faultyMax() + 1;
    }
  }

  private static final class SealWithoutRound extends Rules {
    @Override
    Hash digest(int type, Hash genesis, long height, int round, Hash hash) {
      return super.digest(type, genesis, height, type == ConsensusDigest.COMMIT ? 0 : round, hash);
    }
  }

  private static final class PrepareIsSeal extends Rules {
    @Override
    Hash digest(int type, Hash genesis, long height, int round, Hash hash) {
      boolean seal = type == ConsensusDigest.COMMIT;
      return super.digest(seal ? ConsensusDigest.PREPARE : type, genesis, height, round, hash);
    }
  }

  private static final class PrivateLocks extends Rules {
    @Override
    Optional<PreparedCertificate> toClaim(@Nullable PreparedCertificate prepared) {
      return Optional.empty();
    }
  }

  private static final class TrimmedPrepares extends Rules {
    @Override
    Optional<PreparedCertificate> toClaim(@Nullable PreparedCertificate prepared) {
      return Optional.ofNullable(prepared)
          .map(
              p ->
                  new PreparedCertificate(
                      p.round(), p.block(), p.prepares().subList(1, p.prepares().size())));
    }
  }

  private static final class FreshnessAlways extends Rules {
    @Override
    boolean isExemptFromFreshness(Proposal proposal) {
      return false;
    }
  }

  private static final class FreshnessNever extends Rules {
    @Override
    boolean isExemptFromFreshness(Proposal proposal) {
      return true;
    }
  }

  /** It asks for the next round with one hand and is carried along by nobody. */
  private static final class StaysInLeftRounds extends Rules {
    @Override
    boolean hasLeft(int round, int roundChangeSigned) {
      return round > 0;
    }
  }

  private static final class PreparesTwice extends Rules {
    @Override
    boolean mayPrepare(@Nullable Hash before, Hash hash) {
      return true;
    }
  }

  private static final class DraggedByOne extends Rules {
    @Override
    int catchUp(ValidatorSet validators) {
      return 1;
    }
  }

  private static final class NeverCatchesUp extends Rules {
    @Override
    int catchUp(ValidatorSet validators) {
      return validators.size() + 1;
    }
  }

  private static final class ClimbsAlone extends Rules {
    @Override
    boolean runsTimerAlone() {
      return true;
    }
  }

  private static final class CountsMessages extends Rules {
    @Override
    Justification justification(long height, ValidatorSet validators) {
      return new Justification(height, validators, this) {
        @Override
        boolean isPrepareQuorum(List<Prepare> prepares, int round, Hash hash) {
          return prepares.size() >= validators.quorum()
              && prepares.stream().allMatch(p -> p.round() == round && p.hash().equals(hash));
        }
      };
    }
  }

  private static final class FreeClaimOfRoundZero extends Rules {
    @Override
    Justification justification(long height, ValidatorSet validators) {
      return new Justification(height, validators, this) {
        @Override
        boolean isPrepareQuorum(List<Prepare> prepares, int round, Hash hash) {
          return round == 0 || super.isPrepareQuorum(prepares, round, hash);
        }
      };
    }
  }

  private static final class IgnoresHighestClaim extends Rules {
    @Override
    Justification justification(long height, ValidatorSet validators) {
      return new Justification(height, validators, this) {
        @Override
        boolean isJustified(Proposal proposal) {
          return proposal.round() == 0 || proposal.roundChanges().size() >= validators.quorum();
        }
      };
    }
  }

  private static final class CommitsAfterOnePrepare extends Rules {
    @Override
    MessageStore messages() {
      return new MessageStore() {
        @Override
        List<Prepare> prepares(int round, Hash hash) {
          List<Prepare> found = super.prepares(round, hash);
          return found.isEmpty() ? found : Collections.nCopies(100, found.get(0));
        }
      };
    }
  }

  private static final class PreparesOfAnyRound extends Rules {
    @Override
    MessageStore messages() {
      return new MessageStore() {
        private final Map<String, Prepare> all = new LinkedHashMap<>();

        @Override
        Optional<Evidence> put(Prepare prepare, int currentRound) {
          all.put(prepare.author() + " " + prepare.round(), prepare);
          return super.put(prepare, currentRound);
        }

        @Override
        List<Prepare> prepares(int round, Hash hash) {
          List<Prepare> found = new ArrayList<>(all.values());
          found.removeIf(p -> !p.hash().equals(hash));
          return found;
        }
      };
    }
  }

  private static final class CommitsOfAnyRound extends Rules {
    @Override
    MessageStore messages() {
      return new MessageStore() {
        @Override
        List<Commit> commits(int round, Hash hash) {
          List<Commit> found = new ArrayList<>(super.commits(round, hash));
          if (round > 0) {
            found.addAll(super.commits(round - 1, hash));
          }
          return found;
        }
      };
    }
  }

  private static final class GrowsEightfold extends Rules {
    @Override
    long timeoutMillis(BftConfig config, int round) {
      return config.roundTimeoutMillis() << Math.min(18, 3 * round);
    }
  }

  private static final class NeverTimesOut extends Rules {
    @Override
    long timeoutMillis(BftConfig config, int round) {
      return round == 0 ? super.timeoutMillis(config, 0) : Integer.MAX_VALUE;
    }
  }
}
