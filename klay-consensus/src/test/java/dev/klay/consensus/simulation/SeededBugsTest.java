package dev.klay.consensus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.consensus.bft.Mutants;
import dev.klay.consensus.simulation.SimulationPlan.Length;
import dev.klay.consensus.simulation.SimulationRun.Sabotage;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The test of the tests: nodes with a mistake that somebody made, or easily makes, must be found
 * out by the seeds that run anyway. Takes a while: it runs with {@code -Dklay.seeds=1000} and more.
 */
@Tag("simulation")
class SeededBugsTest {
  private static final long ENOUGH = 1000;

  private static Map<String, Sabotage> bugs() {
    Map<String, Sabotage> bugs = new LinkedHashMap<>();
    Mutants.machines().forEach((name, machines) -> bugs.put(name, Sabotage.of(machines)));
    bugs.put("no sync of the ledger", Sabotage.ofNodes(node -> node.disk().ignoreSyncs()));
    bugs.put("no ledger at all", Sabotage.ofNodes(SimulatedNode::forgetInCrashes));
    bugs.put("no wait after amnesia", Sabotage.ofNodes(SimulatedNode::trustAlways));
    bugs.put(
        "signed messages are not written",
        dropping(record -> record instanceof LedgerRecord.Signed));
    bugs.put(
        "prepared certificates are not written",
        dropping(record -> record instanceof LedgerRecord.Prepared));
    bugs.put("the ledger is pruned a height too early", Sabotage.ofLedgers(PrunedEarly::new));
    bugs.put(
        "sync takes a seal too few",
        Sabotage.ofCertificates(
            strict ->
                (block, validators) ->
                    block.certificate().seals().size() >= validators.quorum() - 1
                        ? Optional.empty()
                        : strict.fault(block, validators)));
    bugs.put(
        "sync takes seals of another round",
        Sabotage.ofCertificates(
            strict ->
                (block, validators) ->
                    block.certificate().seals().size() >= validators.quorum()
                        ? Optional.empty()
                        : strict.fault(block, validators)));
    return bugs;
  }

  private static Sabotage dropping(Predicate<LedgerRecord> dropped) {
    return Sabotage.ofLedgers(ledger -> new Forgetful(ledger, dropped));
  }

  @Test
  void everySeededBugIsFound() {
    long seeds = Campaign.seeds(0);
    Assumptions.assumeTrue(
        seeds >= ENOUGH, "set -Dklay.seeds=1000 or more to look for seeded bugs");
    List<String> missed = new ArrayList<>();
    bugs()
        .forEach(
            (name, bug) -> {
              Optional<SimulationResult> found = find(bug, Campaign.seedBase(), seeds);
              System.out.printf(
                  "seeded bug '%s': %s%n",
                  name,
                  found
                      .map(r -> "seed " + r.plan().seed() + ", " + r.violations().get(0))
                      .orElse("not found"));
              if (found.isEmpty()) {
                missed.add(name);
              }
            });
    assertThat(bugs()).hasSizeGreaterThanOrEqualTo(25);
    assertThat(missed).isEmpty();
  }

  private static Optional<SimulationResult> find(Sabotage bug, long base, long seeds) {
    for (long seed = base; seed < base + seeds; seed++) {
      SimulationPlan plan =
          seed % 9 == 1
              ? SimulationPlan.twins(seed, Length.CI)
              : SimulationPlan.of(seed, Length.CI);
      SimulationResult result = SimulationRun.run(plan, bug, false);
      if (!result.isClean()) {
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  /** A ledger around another. */
  private static class Around implements VoteLedger {
    final VoteLedger ledger;

    Around(VoteLedger ledger) {
      this.ledger = ledger;
    }

    @Override
    public Origin origin() {
      return ledger.origin();
    }

    @Override
    public List<LedgerRecord> records() {
      return ledger.records();
    }

    @Override
    public long finalHeight() {
      return ledger.finalHeight();
    }

    @Override
    public void append(List<LedgerRecord> records) {
      ledger.append(records);
    }

    @Override
    public void trust() {
      ledger.trust();
    }

    @Override
    public void finalised(long height, Hash hash) {
      ledger.finalised(height, hash);
    }

    @Override
    public void close() {
      ledger.close();
    }
  }

  private static final class Forgetful extends Around {
    private final Predicate<LedgerRecord> dropped;

    Forgetful(VoteLedger ledger, Predicate<LedgerRecord> dropped) {
      super(ledger);
      this.dropped = dropped;
    }

    @Override
    public void append(List<LedgerRecord> records) {
      List<LedgerRecord> kept = new ArrayList<>(records);
      kept.removeIf(dropped);
      if (!kept.isEmpty()) {
        super.append(kept);
      }
    }
  }

  private static final class PrunedEarly extends Around {
    PrunedEarly(VoteLedger ledger) {
      super(ledger);
    }

    @Override
    public List<LedgerRecord> records() {
      return List.of();
    }
  }
}
