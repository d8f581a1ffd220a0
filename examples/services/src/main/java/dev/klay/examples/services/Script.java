package dev.klay.examples.services;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/** Lines that type themselves, each made when those before were answered. */
final class Script implements Terminal {
  private final Queue<Supplier<String>> lines = new ArrayDeque<>();
  private final PrintStream out;

  Script(PrintStream out) {
    this.out = out;
  }

  /** Types these behind the others. */
  Script type(List<Supplier<String>> more) {
    lines.addAll(more);
    return this;
  }

  @Override
  public Optional<String> read(String prompt) {
    Optional<String> line = next();
    line.ifPresent(text -> out.println(prompt + text));
    return line;
  }

  @Override
  public char[] readSecret(String prompt) {
    String secret = next().orElseThrow(() -> new IllegalStateException("the script ends here"));
    out.println(prompt + "*".repeat(secret.length()));
    return secret.toCharArray();
  }

  private Optional<String> next() {
    return Optional.ofNullable(lines.poll()).map(Supplier::get);
  }

  @Override
  public void print(String line) {
    out.println(line);
  }

  @Override
  public void printSecret(String label, char[] secret) {
    out.print(label);
    out.println(secret);
  }
}
