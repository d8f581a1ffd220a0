package dev.klay.crypto.project;

import java.io.File;
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
 * A project among a module's test sources that has a build tool of its own, copied below target.
 */
final class CopiedProject {
  private final Path sources;
  private final Path place;

  CopiedProject(Path sources, Path place) {
    this.sources = sources;
    this.place = place;
  }

  Path place() {
    return place;
  }

  void copy() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(sources), "not run from the module's directory");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = place.resolve(sources.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Whether a program is on the path; nothing is started, which takes long on a busy machine. */
  static boolean exists(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs a program in it; the lines that it prints, which are shown, too. */
  List<String> run(int secondsMax, Map<String, String> environment, String... command)
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
