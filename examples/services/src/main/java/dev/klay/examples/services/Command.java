package dev.klay.examples.services;

import java.util.List;

/**
 * What a service does on a line of text: a word, and what follows it.
 *
 * @param arguments names of what follows, such as {@code NAME [TEXT]}: what is in brackets may be
 *     left out, and the last takes all that is left of the line
 */
record Command(String word, String arguments, String about, Action action) {
  /** What is done. */
  interface Action {
    void run(List<String> given);
  }

  /**
   * Does it.
   *
   * @param rest of the line, behind the word
   * @throws IllegalArgumentException if something is missing, or one too many
   */
  void run(String rest) {
    List<String> names = words(arguments, 0);
    long needed = names.stream().filter(name -> !name.startsWith("[")).count();
    List<String> given = words(rest, names.size());
    if (given.size() < needed || given.size() > names.size()) {
      throw new IllegalArgumentException("it is: " + usage());
    }
    action.run(given);
  }

  String usage() {
    return (word + " " + arguments).strip();
  }

  private static List<String> words(String text, int most) {
    return text.isBlank() ? List.of() : List.of(text.strip().split(" +", most));
  }
}
