package dev.klay.consensus.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is written of each method in {@code methods.txt}, in its order. */
final class MethodCatalogue {
  private final List<Section> sections = new ArrayList<>();

  /** Methods of one subject. */
  record Section(String title, List<Entry> entries) {}

  /**
   * Methods of which the same can be said.
   *
   * @param served whether nodes have it; if not, the meaning is the reason
   */
  record Entry(
      boolean served,
      List<String> namespaces,
      List<String> names,
      List<String> parameters,
      String meaning) {
    /** All that it is called; {@code kaia_} is not counted apart. */
    Stream<String> fullNames() {
      return namespaces.stream().flatMap(space -> names.stream().map(name -> space + "_" + name));
    }
  }

  static MethodCatalogue read() throws IOException {
    MethodCatalogue catalogue = new MethodCatalogue();
    try (InputStream in =
        Objects.requireNonNull(MethodCatalogue.class.getResourceAsStream("methods.txt"))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(catalogue::line);
    }
    return catalogue;
  }

  private void line(String line) {
    if (line.startsWith("## ")) {
      sections.add(new Section(line.substring(3), new ArrayList<>()));
    } else if (!line.isBlank() && !line.startsWith("#")) {
      sections.get(sections.size() - 1).entries().add(entry(line));
    }
  }

  private static Entry entry(String line) {
    boolean served = !line.startsWith("- ");
    String[] parts = (served ? line : line.substring(2)).split("\\|", -1);
    String[] names = parts[0].strip().split(" ");
    if (names.length != 2 || parts.length != (served ? 3 : 2)) {
      throw new IllegalArgumentException("not understood: " + line);
    }
    return new Entry(
        served,
        list(names[0], ","),
        list(names[1], ","),
        served ? list(parts[1].strip(), ", ") : List.of(),
        parts[parts.length - 1].strip());
  }

  private static List<String> list(String text, String separator) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(separator));
  }

  List<Section> sections() {
    return sections;
  }

  Stream<Entry> entries() {
    return sections.stream().flatMap(section -> section.entries().stream());
  }
}
