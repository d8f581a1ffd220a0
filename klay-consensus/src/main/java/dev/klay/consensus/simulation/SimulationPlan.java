package dev.klay.consensus.simulation;

import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.proof.Quorum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A run as data, drawn from a seed: the network and all that goes wrong in it.
 *
 * @param faulty how many of the first validators count among the faulty ones: they lie, or lose
 *     their disks
 * @param safetyMillis virtual time with faults
 * @param blocksAfter blocks demanded after the faults
 */
public record SimulationPlan(
    long seed,
    int validators,
    int joiners,
    int rangers,
    int faulty,
    long periodMillis,
    long emptyPeriodMillis,
    long epochLength,
    ProposerPolicy policy,
    boolean encodes,
    long safetyMillis,
    int blocksAfter,
    List<PlannedFault> faults) {
  public SimulationPlan {
    faults = List.copyOf(faults);
  }

  /**
   * How big a run may be.
   *
   * @param safetyMillisMax milliseconds of faults
   * @param blocksAfter blocks demanded afterwards
   * @param sizes numbers of validators, each as often as it is to be drawn
   */
  public record Length(long safetyMillisMax, int blocksAfter, List<Integer> sizes) {
    /** What each push runs. */
    public static final Length CI =
        new Length(40_000, 20, List.of(1, 2, 3, 4, 4, 4, 4, 5, 6, 7, 7, 10, 13));

    /** What runs for hours before a release. */
    public static final Length LONG =
        new Length(120_000, 100, List.of(1, 2, 3, 4, 4, 4, 5, 6, 7, 7, 7, 10, 13, 22));

    public Length {
      sizes = List.copyOf(sizes);
    }
  }

  private static final long[] PERIODS = {1000, 1000, 1000, 500, 200, 0};

  /**
   * A run drawn from a seed: faults of all kinds, or in every third one few nodes and hard liars.
   */
  public static SimulationPlan of(long seed, Length length) {
    return Math.floorMod(seed, 3) == 0 ? lockedRounds(seed, length) : mixed(seed, length);
  }

  /** Liars about what was prepared, and links that make rounds fail half done. */
  static SimulationPlan lockedRounds(long seed, Length length) {
    SplittableRandom random = new SplittableRandom(FakeSignatures.mix(seed * 31 + 17));
    int validators = new int[] {4, 4, 4, 5, 7}[random.nextInt(5)];
    int faulty = random.nextInt(5) == 0 ? 0 : Quorum.faultyMax(validators);
    long safety = 10_000 + random.nextLong(10_000);
    List<PlannedFault> faults = new ArrayList<>();
    faults.add(
        new PlannedFault(
            0,
            safety,
            PlannedFault.Kind.TYPED_LOSS,
            random.nextInt(1 << 16),
            random.nextDouble() * 0.8));
    List<PlannedFault.Kind> kinds = PlannedFault.Kind.ABOUT_LOCKS;
    for (int i = 0; i < faulty; i++) {
      PlannedFault.Kind kind = kinds.get(random.nextInt(kinds.size()));
      faults.add(new PlannedFault(1, 0, kind, i, random.nextDouble()));
    }
    for (int crashes = random.nextInt(12); crashes > 0; crashes--) {
      PlannedFault.Kind kind =
          random.nextBoolean() ? PlannedFault.Kind.CRASH : PlannedFault.Kind.DISK_CALL_CRASH;
      long down = 1 + random.nextInt(50);
      faults.add(
          new PlannedFault(
              random.nextLong(safety),
              down,
              kind,
              random.nextInt(validators),
              random.nextDouble()));
    }
    return new SimulationPlan(
        seed,
        validators,
        0,
        0,
        faulty,
        1000,
        1000,
        20,
        ProposerPolicy.ROUND_ROBIN,
        false,
        safety,
        Math.min(8, length.blocksAfter()),
        sorted(faults));
  }

  private static SimulationPlan mixed(long seed, Length length) {
    SplittableRandom random = new SplittableRandom(FakeSignatures.mix(seed * 31 + 11));
    int validators = length.sizes().get(random.nextInt(length.sizes().size()));
    int f = Quorum.faultyMax(validators);
    int faulty = f == 0 ? 0 : random.nextInt(f + 1);
    long period = PERIODS[random.nextInt(PERIODS.length)];
    long empty = period == 0 || random.nextInt(4) > 0 ? period : 5 * period;
    long safety = length.safetyMillisMax() / 4 + random.nextLong(length.safetyMillisMax() * 3 / 4);
    List<PlannedFault> faults = new ArrayList<>();
    drawCommon(random, faults, safety, random.nextInt(13));
    for (int i = 0; i < faulty; i++) {
      drawFaulty(random, faults, safety, i);
    }
    int joiners = random.nextInt(3) == 0 ? 1 : 0;
    if (joiners > 0) {
      faults.add(at(random, safety / 2, PlannedFault.Kind.ADD_BALLOT, validators, 0));
    }
    if (random.nextInt(3) == 0) {
      int target = random.nextInt(validators);
      faults.add(at(random, safety, PlannedFault.Kind.REMOVE_BALLOT, target, 0));
    }
    return new SimulationPlan(
        seed,
        validators,
        joiners,
        random.nextInt(4) == 0 ? random.nextInt(1, 3) : 0,
        faulty,
        period,
        empty,
        random.nextLong(5, 21),
        ProposerPolicy.values()[random.nextInt(5) % 3],
        random.nextInt(10) == 0,
        safety,
        length.blocksAfter(),
        sorted(faults));
  }

  /**
   * Four or seven validators with one key running twice, and an adversary that splits the others.
   */
  public static SimulationPlan twins(long seed, Length length) {
    SplittableRandom random = new SplittableRandom(FakeSignatures.mix(seed * 31 + 13));
    int validators = random.nextInt(4) == 0 ? 7 : 4;
    List<PlannedFault> faults = new ArrayList<>();
    faults.add(new PlannedFault(0, 0, PlannedFault.Kind.TWINS, 0, random.nextInt(1 << 16)));
    if (random.nextBoolean()) {
      drawCommon(random, faults, 8_000, 3);
    }
    return new SimulationPlan(
        seed,
        validators,
        0,
        0,
        1,
        1000,
        1000,
        20,
        ProposerPolicy.values()[random.nextInt(2)],
        false,
        Math.min(10_000, length.safetyMillisMax()),
        Math.min(8, length.blocksAfter()),
        sorted(faults));
  }

  private static void drawCommon(
      SplittableRandom random, List<PlannedFault> faults, long safety, int count) {
    List<PlannedFault.Kind> kinds = PlannedFault.Kind.OF_ANYBODY;
    for (int i = 0; i < count; i++) {
      PlannedFault.Kind kind = kinds.get(random.nextInt(kinds.size()));
      faults.add(at(random, safety, kind, random.nextInt(1 << 16), random.nextDouble()));
    }
  }

  private static void drawFaulty(
      SplittableRandom random, List<PlannedFault> faults, long safety, int node) {
    boolean lies = random.nextInt(4) > 0;
    List<PlannedFault.Kind> kinds =
        lies ? PlannedFault.Kind.LIES : PlannedFault.Kind.OF_MACHINES_LOST;
    int count = lies ? 1 : random.nextInt(1, 3);
    for (int i = 0; i < count; i++) {
      PlannedFault.Kind kind = kinds.get(random.nextInt(kinds.size()));
      long until = lies ? 1 : safety;
      faults.add(at(random, until, kind, node, random.nextDouble()));
    }
  }

  private static PlannedFault at(
      SplittableRandom random, long until, PlannedFault.Kind kind, int node, double size) {
    long length = (long) Math.exp(random.nextDouble() * Math.log(15_000)) + 10;
    return new PlannedFault(random.nextLong(Math.max(1, until)), length, kind, node, size);
  }

  private static List<PlannedFault> sorted(List<PlannedFault> faults) {
    return faults.stream().sorted(Comparator.comparingLong(PlannedFault::atMillis)).toList();
  }

  SimulationPlan with(List<PlannedFault> fewer) {
    return new SimulationPlan(
        seed,
        validators,
        joiners,
        rangers,
        faulty,
        periodMillis,
        emptyPeriodMillis,
        epochLength,
        policy,
        encodes,
        safetyMillis,
        blocksAfter,
        fewer);
  }

  SimulationPlan shortened(long newSafetyMillis, int newRangers) {
    return new SimulationPlan(
        seed,
        validators,
        joiners,
        newRangers,
        faulty,
        periodMillis,
        emptyPeriodMillis,
        epochLength,
        policy,
        encodes,
        newSafetyMillis,
        blocksAfter,
        faults);
  }
}
