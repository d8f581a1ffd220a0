package dev.klay.client.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every block of Java on a page is compiled and run: it is what stands between {@code // page} and
 * {@code // end} in the page's test, blanks aside. A block may be in several such pieces, between
 * which the test looks at the outcome.
 */
class PagesTest {
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PIECE =
      Pattern.compile("// page\\n(.*?)\\n *// end\\n", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({
    "application-developer,ApplicationDeveloperPageTest",
    "partner,PartnerPageTest",
    "test-author,TestAuthorPageTest",
    "end-user,EndUserPageTest"
  })
  void theCodeOfAPageIsThatOfItsTest(String page, String test) throws IOException {
    Path root = Path.of(System.getProperty("klay.projectRoot", ".."));
    String text = Files.readString(root.resolve("docs/" + page + ".md"));
    String source =
        Files.readString(
            root.resolve("klay-client/src/test/java/dev/klay/client/docs/" + test + ".java"));
    List<String> shown = found(BLOCK, text);
    assertThat(shown).isNotEmpty();
    assertThat(String.join("", shown)).isEqualTo(String.join("", found(PIECE, source)));
  }

  private static List<String> found(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found.add(matcher.group(1).replaceAll("\\s+", ""));
    }
    return found;
  }
}
