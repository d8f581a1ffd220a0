package dev.klay.examples.services;

import java.util.Optional;

/** Where a service reads lines and writes answers. */
interface Terminal {
  /** The next line, blanks around it removed; empty when no more will come. */
  Optional<String> read(String prompt);

  /**
   * A line that is not to be shown; the caller wipes it.
   *
   * @throws IllegalStateException if no more will come
   */
  char[] readSecret(String prompt);

  void print(String line);

  /** Shows what must not become a String. */
  void printSecret(String label, char[] secret);
}
