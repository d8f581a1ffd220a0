package dev.klay.crypto.fuzz;

import java.util.List;

/** A reader of bytes from outside, with what must hold of all that it accepts. */
public interface FuzzTarget {
  /** The name by which {@link Fuzzing} finds it; an enum has it already. */
  String name();

  /**
   * Reads the input. Whatever it throws is a finding: what the reader declares is caught inside,
   * and so is what was accepted compared with what it is written as.
   *
   * @return whether the input was accepted
   */
  boolean accepts(byte[] input);

  /** Valid inputs to start from, at least one. */
  List<byte[]> seeds();
}
