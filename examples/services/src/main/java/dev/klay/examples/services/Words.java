package dev.klay.examples.services;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What stands on a line. */
final class Words {
  private Words() {}

  /** A number such as 25. */
  static long number(String word) {
    if (!word.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(word + " is no number");
    }
    return Long.parseLong(word);
  }

  /** Lines that are known beforehand. */
  static List<Supplier<String>> typed(String... lines) {
    return Stream.of(lines).<Supplier<String>>map(line -> () -> line).toList();
  }
}
