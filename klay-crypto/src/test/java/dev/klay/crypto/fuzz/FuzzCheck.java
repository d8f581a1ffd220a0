package dev.klay.crypto.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What every target promises of every input: a verdict, soon, and in little memory. */
public final class FuzzCheck {
  /** Of the thread's own time, so that a busy machine does not matter. */
  private static final long CPU_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

  /** Everything that is allocated on the way counts, kept or not. */
  private static final long ALLOCATED_BYTES_MAX = 64L << 20;

  private static final int CHANGES_MAX = 4;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Map<FuzzTarget, List<byte[]>> SEEDS = new ConcurrentHashMap<>();

  private FuzzCheck() {}

  /** A target's seeds, made once. */
  public static List<byte[]> seeds(FuzzTarget target) {
    return SEEDS.computeIfAbsent(target, FuzzTarget::seeds);
  }

  /**
   * Gives one input to a target; whether it was accepted. What takes too much may have loaded
   * classes, so it must do so twice.
   */
  public static boolean run(FuzzTarget target, byte[] input) {
    Verdict first = judge(target, input);
    Verdict last = first.isDear() ? judge(target, input) : first;
    if (last.isDear()) {
      throw new AssertionError(
          target.name()
              + " took "
              + TimeUnit.NANOSECONDS.toMillis(last.cpuNanos())
              + " ms and "
              + (last.allocatedBytes() >> 20)
              + " MiB for "
              + HexFormat.of().formatHex(Arrays.copyOf(input, Math.min(200, input.length))));
    }
    return last.accepted();
  }

  /** What a target said of an input, and what that took of its thread. */
  private record Verdict(boolean accepted, long cpuNanos, long allocatedBytes) {
    boolean isDear() {
      return cpuNanos > CPU_NANOS_MAX || allocatedBytes > ALLOCATED_BYTES_MAX;
    }
  }

  private static Verdict judge(FuzzTarget target, byte[] input) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    boolean accepted = target.accepts(input.clone());
    return new Verdict(
        accepted,
        THREADS.getCurrentThreadCpuTime() - cpu,
        THREADS.getCurrentThreadAllocatedBytes() - allocated);
  }

  /** Gives a target a valid input with a few changes that the seed decides. */
  public static void runChanged(FuzzTarget target, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> seeds = seeds(target);
    byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
    for (int i = random.nextInt(CHANGES_MAX) + 1; i > 0; i--) {
      byte[] other = seeds.get(random.nextInt(seeds.size()));
      input = changed(input, other, random);
    }
    run(target, input);
  }

  private static byte[] changed(byte[] input, byte[] other, SplittableRandom random) {
    if (input.length == 0) {
      return other.clone();
    }
    int at = random.nextInt(input.length);
    int length = 1 + random.nextInt(Math.min(input.length - at, 40));
    return switch (random.nextInt(7)) {
      case 0 -> flipped(input, at, 1 << random.nextInt(8));
      case 1 -> flipped(input, at, random.nextInt(256));
      case 2 -> Arrays.copyOf(input, at);
      case 3 -> joined(input, at, new byte[0], at + length);
      case 4 -> joined(input, at, Arrays.copyOfRange(input, at, at + length), at);
      case 5 -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        yield joined(input, at, noise, at + length);
      }
      default -> {
        int from = random.nextInt(other.length + 1);
        byte[] piece = Arrays.copyOfRange(other, from, Math.min(other.length, from + length));
        yield joined(input, at, piece, random.nextBoolean() ? at : at + length);
      }
    };
  }

  private static byte[] flipped(byte[] input, int at, int bits) {
    byte[] result = input.clone();
    result[at] ^= (byte) bits;
    return result;
  }

  /** The first bytes of the input, others, and the input again from a place on. */
  private static byte[] joined(byte[] input, int until, byte[] middle, int from) {
    byte[] result = new byte[until + middle.length + input.length - from];
    System.arraycopy(input, 0, result, 0, until);
    System.arraycopy(middle, 0, result, until, middle.length);
    System.arraycopy(input, from, result, until + middle.length, input.length - from);
    return result;
  }
}
