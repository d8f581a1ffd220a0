package dev.klay.crypto.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A small Node.js project among a module's test sources, for tests with the clients of others. It
 * is copied below target and installed there; a test that cannot have it is skipped.
 */
public final class NodeProject {
  private static final int INSTALL_SECONDS = 120;

  private final CopiedProject project;

  /**
   * A project of the module that the test belongs to.
   *
   * @param place where it is installed
   */
  public NodeProject(Path sources, Path place) {
    project = new CopiedProject(sources, place);
  }

  /** Installs it, once; skips the test where Node.js or npm's registry is missing. */
  public void install() throws IOException, InterruptedException {
    project.copy();
    Assumptions.assumeTrue(
        CopiedProject.exists("node") && CopiedProject.exists("npm"), "Node.js is not installed");
    Path complete = project.place().resolve("node_modules").resolve(".complete");
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

  /** Runs a program in it; the lines that it prints, which are shown, too. */
  public List<String> run(int secondsMax, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return project.run(secondsMax, environment, command);
  }
}
