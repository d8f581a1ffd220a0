package dev.klay.crypto.project;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;

/**
 * A small Maven project among a module's test sources, for tests with clients whose dependencies
 * must not meet ours on one class path. It is copied below target, compiled there and run in a
 * process of its own; a test that cannot have its dependencies is skipped.
 */
public final class MavenProject {
  private static final int RESOLVE_SECONDS = 240;
  private static final String POM = "pom.xml";
  private static final String RESOLVED = "resolved-pom.xml";
  private static final String CLASS_PATH = "class-path.txt";
  private static final String CLASSES = "classes";

  private final CopiedProject project;

  /**
   * A project of the module that the test belongs to.
   *
   * @param place where it is compiled
   */
  public MavenProject(Path sources, Path place) {
    project = new CopiedProject(sources, place);
  }

  /** Resolves and compiles it; skips the test where Maven or a dependency is missing. */
  public void install() throws IOException, InterruptedException {
    project.copy();
    Assumptions.assumeTrue(CopiedProject.exists("mvn"), "Maven is not installed");
    Path classPath = project.place().resolve(CLASS_PATH);
    if (!isCurrent(classPath)) {
      Files.deleteIfExists(classPath);
      resolve();
    }
    Assumptions.assumeTrue(Files.exists(classPath), "its dependencies cannot be resolved");
    compile(Files.readString(classPath));
  }

  /** Resolving takes Maven some seconds, so it is done again only when the project has changed. */
  private boolean isCurrent(Path classPath) throws IOException {
    Path resolved = project.place().resolve(RESOLVED);
    return Files.exists(classPath)
        && Files.exists(resolved)
        && Files.mismatch(resolved, project.place().resolve(POM)) == -1;
  }

  private void resolve() throws IOException, InterruptedException {
    project.run(
        RESOLVE_SECONDS,
        Map.of(),
        "mvn",
        "--batch-mode",
        "--quiet",
        "--no-transfer-progress",
        "dependency:build-classpath",
        "-Dmdep.outputFile=" + CLASS_PATH);
    Files.copy(
        project.place().resolve(POM),
        project.place().resolve(RESOLVED),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void compile(String classPath) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--release",
                "17",
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                project.place().resolve(CLASSES).toString()));
    try (Stream<Path> files = Files.walk(project.place().resolve("src"))) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, arguments.toArray(String[]::new));
    if (errors != 0) {
      throw new AssertionError(messages.toString(StandardCharsets.UTF_8));
    }
  }

  /** Runs a class of it in a process; the lines that it prints, which are shown, too. */
  public List<String> run(int secondsMax, String mainClass, String... arguments)
      throws IOException, InterruptedException {
    String classPath =
        CLASSES + File.pathSeparator + Files.readString(project.place().resolve(CLASS_PATH));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPath,
                mainClass));
    command.addAll(List.of(arguments));
    return project.run(secondsMax, Map.of(), command.toArray(String[]::new));
  }
}
