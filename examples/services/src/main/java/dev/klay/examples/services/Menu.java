package dev.klay.examples.services;

import dev.klay.crypto.KlayException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hands each line to the service that is open, until {@code quit} or the end of the input. */
final class Menu {
  private final List<Service> services;
  private final Terminal terminal;
  private final Set<String> visited = new HashSet<>();
  private Optional<Service> open = Optional.empty();

  Menu(List<Service> services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  /**
   * Answers lines.
   *
   * @param first the service to open, or {@code menu} for none
   */
  void run(String first) {
    String line = first;
    while (!line.equals("quit")) {
      answer(line);
      line = terminal.read(prompt()).orElse("quit");
    }
  }

  private String prompt() {
    return open.map(Service::name).orElse("menu") + "> ";
  }

  private void answer(String line) {
    String[] words = (line + " ").split(" ", 2);
    Optional<Service> named = named(words[0]);
    if (named.isPresent()) {
      enter(named.orElseThrow());
    } else if (words[0].equals("menu")) {
      open = Optional.empty();
      help();
    } else if (words[0].equals("help")) {
      help();
    } else if (!words[0].isEmpty()) {
      perform(words[0], words[1]);
    }
  }

  /** Tells the commands the first time. */
  private void enter(Service service) {
    open = Optional.of(service);
    if (visited.add(service.name())) {
      help();
    }
  }

  private Optional<Service> named(String name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
  }

  private void perform(String word, String rest) {
    Optional<Command> command =
        open.stream()
            .flatMap(service -> service.commands().stream())
            .filter(c -> c.word().equals(word))
            .findFirst();
    if (command.isEmpty()) {
      terminal.print("there is no " + word + " here; try help");
      return;
    }
    try {
      command.orElseThrow().run(rest);
    } catch (KlayException
        | IllegalArgumentException
        | IllegalStateException
        | ArithmeticException refused) {
      terminal.print("refused: " + refused.getMessage());
    }
  }

  private void help() {
    if (open.isEmpty()) {
      services.forEach(service -> row(service.name(), service.about()));
    } else {
      open.orElseThrow().commands().forEach(command -> row(command.usage(), command.about()));
    }
    row("help, menu, quit", "the name of a service opens it");
  }

  private void row(String left, String right) {
    terminal.print(String.format("  %-30s %s", left, right));
  }
}
