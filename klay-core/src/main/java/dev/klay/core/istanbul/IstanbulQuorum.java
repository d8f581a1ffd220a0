package dev.klay.core.istanbul;

/**
 * How many of n voters it takes, by Klaytn's counts ({@code klaytn-consensus.md} section 1). Those
 * of old versions and of header seals are unsafe unless n = 3F + 1; blocks were made by them all
 * the same.
 */
public final class IstanbulQuorum {
  private IstanbulQuorum() {}

  /** F: so many may be faulty. */
  public static long faulty(long voters) {
    if (voters < 1) {
      throw new IllegalArgumentException("there is at least one voter, not " + voters);
    }
    return (voters + 2) / 3 - 1;
  }

  /** 2F + 1: the least seals of a header, and the votes of versions before 1.9.0. */
  public static long seals(long voters) {
    return 2 * faulty(voters) + 1;
  }

  /** The votes of version 1.9.0 and later. */
  public static long votes(long voters) {
    return voters < 4 ? voters : (2 * voters + 2) / 3;
  }

  /** F + 1: one of them is honest. */
  public static long weak(long voters) {
    return faulty(voters) + 1;
  }
}
