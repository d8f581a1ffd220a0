package dev.klay.examples.aspen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The launcher as the network of a Hardhat project. Needs Node.js, and npm's registry or what it
 * has cached; skipped where either is missing. Nothing is installed but below target.
 */
@Tag("clients")
class HardhatTest {
  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final Path PLACE = Path.of("target", "hardhat");
  private static final Pattern READY = Pattern.compile("ready http=(\\S+) .*");
  private static final int STOP_SECONDS = 10;

  @Test
  @Timeout(400)
  void aHardhatProjectUsesTheLauncherAsItsNetwork() throws IOException, InterruptedException {
    install();
    Process launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AspenLauncher.class.getName(),
                "--validators=1",
                "--rangers=0",
                "--block-time=0",
                "--dev",
                "--web=off",
                "--ws=off",
                "--http=127.0.0.1:0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = launcher.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines =
          run(
              PLACE,
              240,
              Map.of(
                  "KLAY_URL", "http://" + address(out), "HARDHAT_DISABLE_TELEMETRY_PROMPT", "true"),
              "node",
              "node_modules/hardhat/internal/cli/bootstrap.js",
              "test",
              "network.test.js",
              "--no-compile");
      assertThat(lines).anyMatch(line -> line.contains("10 passing"));
      assertThat(lines).noneMatch(line -> line.contains("failing"));
    } finally {
      launcher.destroy();
      assertThat(launcher.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String address(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return ready.group(1);
      }
    }
    throw new AssertionError("the launcher ended before it was ready");
  }

  private static void install() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isDirectory(SOURCES), "not run from the module's directory");
    Assumptions.assumeTrue(exists("node") && exists("npm"), "Node.js is not installed");
    Files.createDirectories(PLACE);
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        Files.copy(file, PLACE.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path complete = PLACE.resolve("node_modules").resolve(".complete");
    if (!Files.exists(complete)) {
      List<String> lines =
          run(
              PLACE,
              120,
              Map.of(),
              "npm",
              "install",
              "--ignore-scripts",
              "--no-audit",
              "--no-fund",
              "--prefer-offline",
              "--loglevel=error");
      boolean installed = lines.stream().anyMatch(line -> line.matches("(added|up to date).*"));
      Assumptions.assumeTrue(installed, "npm's registry cannot be reached");
      Files.writeString(complete, "");
    }
  }

  private static boolean exists(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor(30, TimeUnit.SECONDS);
    } catch (IOException missing) {
      return false;
    }
  }

  /** The lines that a program prints, which are shown, too. */
  private static List<String> run(
      Path place, int secondsMax, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(place.toAbsolutePath(), "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(secondsMax, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    Files.delete(output);
    lines.forEach(System.out::println);
    return lines;
  }
}
