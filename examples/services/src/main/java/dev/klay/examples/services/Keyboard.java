package dev.klay.examples.services;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Optional;

/** Somebody who types, or a file that is piped in. */
final class Keyboard implements Terminal {
  private final BufferedReader in;
  private final PrintStream out;
  private final Optional<Console> console;

  /**
   * Reads lines from a stream; secrets come from the console where there is one, which does not
   * show them.
   */
  Keyboard(InputStream in, PrintStream out, Optional<Console> console) {
    this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
    this.out = out;
    this.console = console;
  }

  @Override
  public Optional<String> read(String prompt) {
    out.print(prompt);
    out.flush();
    try {
      return Optional.ofNullable(in.readLine()).map(String::strip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public char[] readSecret(String prompt) {
    Optional<char[]> secret =
        console.isPresent()
            ? console.map(shown -> shown.readPassword("%s", prompt))
            : read(prompt).map(String::toCharArray);
    return secret.orElseThrow(() -> new IllegalStateException("there was no more input"));
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
