package dev.klay.examples.services;

import dev.klay.crypto.keystore.KeystoreCost;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The menu of the Aspen network: BLASQ, Scope and Wallet on one chain in this JVM. */
public final class Services {
  private static final List<String> NAMES = List.of("blasq", "scope", "wallet", "menu");
  private static final String DEMO = "--demo";
  private static final String USAGE =
      """
      services.jar blasq    answer questions, earn tokens
      services.jar scope    look at blocks, transactions, accounts, validators
      services.jar wallet   make a wallet, get coins, send them
      services.jar menu     choose there; all three are on one chain, whichever is opened
        --demo behind it    types by itself, and ends""";

  private Services() {}

  public static void main(String[] args) throws IOException {
    Keyboard keyboard = new Keyboard(System.in, System.out, Optional.ofNullable(System.console()));
    System.exit(run(List.of(args), keyboard, System.out));
  }

  /** The arguments with the name of a service in front. */
  static String[] with(String name, String[] args) {
    return Stream.concat(Stream.of(name), Stream.of(args)).toArray(String[]::new);
  }

  /**
   * Runs until the terminal, or the demonstration, ends.
   *
   * @return the exit code: 2 if the arguments are wrong
   */
  static int run(List<String> args, Terminal terminal, PrintStream out) throws IOException {
    if (args.isEmpty()) {
      out.println(USAGE);
      return 0;
    }
    String name = args.get(0);
    List<String> flags = args.subList(1, args.size());
    if (!NAMES.contains(name) || !flags.isEmpty() && !flags.equals(List.of(DEMO))) {
      out.println(USAGE);
      return 2;
    }
    if (flags.isEmpty()) {
      visit(name, terminal);
    } else {
      demonstrate(name, out);
    }
    return 0;
  }

  private static void visit(String name, Terminal terminal) {
    try (ThreeServices services = ThreeServices.start(KeystoreCost.STANDARD, terminal)) {
      new Menu(services.all(), terminal).run(name);
    }
  }

  /** Its wallet's file lasts seconds, so it need not be costly to guess. */
  private static void demonstrate(String name, PrintStream out) throws IOException {
    Script script = new Script(out);
    Path scratch = Files.createTempDirectory("klay-services");
    try (ThreeServices services = ThreeServices.start(KeystoreCost.LIGHT, script)) {
      script.type(services.demo(name, scratch));
      new Menu(services.all(), script).run(name);
    } finally {
      remove(scratch);
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
