package dev.klay.crypto.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A small Node.js project among a module's test sources, for tests with the clients of others. It
 * is copied below target and installed there; a test that cannot have it is skipped.
 */
public final class NodeProject {
  private static final int INSTALL_SECONDS = 120;

  private final Path sources;
  private final Path place;

  /**
   * A project of the module that the test belongs to.
   *
   * @param place where it is installed
   */
  public NodeProject(Path sources, Path place) {
    this.sources = sources;
    this.place = place;
  }

  /** Installs it, once; skips the test where Node.js or npm's registry is missing. */
  public void install() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isDirectory(sources), "not run from the module's directory");
    Assumptions.assumeTrue(exists("node") && exists("npm"), "Node.js is not installed");
    Files.createDirectories(place);
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        Files.copy(file, place.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path complete = place.resolve("node_modules").resolve(".complete");
    if (!Files.exists(complete)) {
      List<String> lines =
          run(
              INSTALL_SECONDS,
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

  /** Runs a program in it; the lines that it prints, which are shown, too. */
  public List<String> run(int secondsMax, Map<String, String> environment, String... command)
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
