package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of all methods says what nodes serve: it is made from the tables of running nodes and
 * {@code methods.txt}, which has the words.
 */
class RpcPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("klay.projectRoot", "..")).resolve("docs/RPC.md");
  private static final Path MADE = Path.of("target", "RPC.md");
  private static final Pattern TOO_MANY = Pattern.compile("want at most ([0-9]+)");
  private static final String MANY = "[" + "7,".repeat(19) + "7]";

  @Test
  void thePageSaysWhatNodesServe() throws IOException {
    MethodCatalogue catalogue = MethodCatalogue.read();
    try (KlayNetwork plain = KlayNetwork.of(ChainSpec.development()).rangers(0).start();
        KlayNetwork dev = KlayNetwork.of(ChainSpec.development()).rangers(0).cheats().start()) {
      Set<String> everywhere = plain.rpc().methods().names();
      Set<String> all = dev.rpc().methods().names();
      assertThat(names(catalogue, true))
          .as("methods in methods.txt, against those of nodes")
          .containsExactlyInAnyOrderElementsOf(all);
      assertThat(names(catalogue, false)).doesNotContainAnyElementsOf(all);
      catalogue.entries().forEach(entry -> assertParameters(entry, dev.rpc()));
      String page = page(catalogue, everywhere);
      Files.createDirectories(MADE.getParent());
      Files.writeString(MADE, page);
      assertThat(page.equals(Files.exists(PAGE) ? Files.readString(PAGE) : ""))
          .as("docs/RPC.md is what the code says; else cp klay-consensus/target/RPC.md docs/RPC.md")
          .isTrue();
    }
  }

  private static Collection<String> names(MethodCatalogue catalogue, boolean served) {
    return catalogue
        .entries()
        .filter(entry -> entry.served() == served)
        .flatMap(MethodCatalogue.Entry::fullNames)
        .toList();
  }

  /** A method that is given more parameters than it has says how many it takes. */
  private static void assertParameters(MethodCatalogue.Entry entry, JsonRpc rpc) {
    if (entry.served()) {
      entry
          .fullNames()
          .forEach(
              name ->
                  most(rpc, name)
                      .ifPresent(most -> assertThat(entry.parameters()).as(name).hasSize(most)));
    }
  }

  private static Optional<Integer> most(JsonRpc rpc, String method) {
    try {
      rpc.call(method, MANY).join();
      return Optional.empty(); // it does not look at them
    } catch (CompletionException refused) {
      Matcher words = TOO_MANY.matcher(String.valueOf(refused.getMessage()));
      return words.find() ? Optional.of(Integer.parseInt(words.group(1))) : Optional.empty();
    }
  }

  private static String page(MethodCatalogue catalogue, Set<String> everywhere) {
    StringBuilder page = new StringBuilder(HEAD.formatted(everywhere.size()));
    for (MethodCatalogue.Section section : catalogue.sections()) {
      page.append("\n## ").append(section.title()).append("\n\n");
      boolean dev = servedIn(section).noneMatch(everywhere::contains);
      assertThat(servedIn(section).allMatch(name -> dev != everywhere.contains(name)))
          .as("a section is of every node, or of development networks: " + section.title())
          .isTrue();
      page.append(dev ? "Of networks with cheats only.\n\n" : "");
      page.append("| method | of | parameters | what it answers or does |\n|---|---|---|---|\n");
      section.entries().stream()
          .filter(MethodCatalogue.Entry::served)
          .forEach(entry -> page.append(row(entry)));
    }
    page.append(NOT_SERVED);
    catalogue
        .entries()
        .filter(entry -> !entry.served())
        .forEach(
            entry ->
                page.append("| ")
                    .append(code(entry.fullNames().toList()))
                    .append(" | ")
                    .append(entry.meaning())
                    .append(" |\n"));
    return page.toString();
  }

  private static Stream<String> servedIn(MethodCatalogue.Section section) {
    return section.entries().stream()
        .filter(MethodCatalogue.Entry::served)
        .flatMap(MethodCatalogue.Entry::fullNames);
  }

  private static String row(MethodCatalogue.Entry entry) {
    return "| "
        + code(entry.names())
        + " | "
        + String.join(", ", entry.namespaces())
        + " | "
        + String.join(", ", entry.parameters())
        + " | "
        + entry.meaning()
        + " |\n";
  }

  private static String code(Collection<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static final String HEAD =
      """
      # JSON-RPC methods

      Made by `RpcPageTest` from the tables of running nodes; do not edit. When it fails: put the method's line into
      `klay-consensus/src/test/resources/dev/klay/consensus/rpc/methods.txt`, run the test, and copy what it made:

          mvn -q test -pl klay-consensus -am -Dtest=RpcPageTest -Dsurefire.failIfNoSpecifiedTests=false
          cp klay-consensus/target/RPC.md docs/RPC.md

      A method's full name is namespace, `_` and name: `eth_getBalance`. Whatever is of `klay` is also of `kaia`. Every node serves the
      same %d methods; networks with cheats (`KlayNetwork.of(spec).cheats()`, the launcher's `--dev`) serve those for development, too. A
      parameter with `?` may be left out. A block is a number in hexadecimal, a hash, or `latest`, `safe`, `finalized` (all the same here),
      `pending` or `earliest`. Limits are those of `RpcLimits`.
      """;

  private static final String NOT_SERVED =
      """

      ## Not served, and why

      | method | reason |
      |---|---|
      """;
}
