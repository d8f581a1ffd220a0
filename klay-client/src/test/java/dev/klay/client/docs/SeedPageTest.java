package dev.klay.client.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/SEED.md has every row, and each test that it names is there and names the row. */
class SeedPageTest {
  private static final Path ROOT = Path.of(System.getProperty("klay.projectRoot", ".."));
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (S\\d+) \\|[^|]*\\|([^|]*)\\|$");
  private static final Pattern CLASS = Pattern.compile("`(\\w+Test)`");

  @Test
  void eachRowIsShownByTestsThatNameIt() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/SEED.md")));
    while (row.find()) {
      rows.put(row.group(1), row.group(2));
    }
    assertThat(rows.keySet())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 41).mapToObj(i -> "S" + i).toList());
    Map<String, Path> tests = tests();
    rows.forEach(
        (name, cell) -> {
          List<String> named = CLASS.matcher(cell).results().map(found -> found.group(1)).toList();
          assertThat(named).as(name).isNotEmpty();
          for (String test : named) {
            assertThat(tests).as(name).containsKey(test);
            assertThat(tests.get(test))
                .content()
                .as("%s in %s", name, test)
                .containsPattern("\\b" + name + "\\b");
          }
        });
  }

  private static Map<String, Path> tests() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains("/src/test/"))
          .filter(file -> file.getFileName().toString().endsWith("Test.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  file -> file,
                  (one, other) -> one));
    }
  }
}
