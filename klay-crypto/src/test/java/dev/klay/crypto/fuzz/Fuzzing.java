package dev.klay.crypto.fuzz;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one target under Jazzer, which is on the class path in the profile {@code fuzz} only: {@code
 * Fuzzing ENUM_CLASS.TARGET DIRECTORY SECONDS}. The directory keeps what was found worth trying, so
 * that a later run goes on from there.
 */
public final class Fuzzing {
  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
  private static final String TARGET = "klay.fuzz.running";

  private static @Nullable FuzzTarget running;

  private Fuzzing() {}

  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    if (!isOfThisModule(arguments[0])) {
      System.out.println(arguments[0] + " is no target of this module");
      return;
    }
    FuzzTarget target = find(arguments[0]);
    Path corpus = Files.createDirectories(Path.of(arguments[1], target.name(), "corpus"));
    Path findings = Files.createDirectories(Path.of(arguments[1], target.name(), "findings"));
    Path seeds = Files.createDirectories(Path.of(arguments[1], target.name(), "seeds"));
    for (byte[] seed : FuzzCheck.seeds(target)) {
      Files.write(seeds.resolve(Keccak256.hash(Bytes.wrap(seed)).toHex().substring(2, 18)), seed);
    }
    System.setProperty(TARGET, arguments[0]);
    List<String> options = new ArrayList<>();
    options.add("--target_class=" + Fuzzing.class.getName());
    options.add("--instrumentation_includes=dev.klay.**");
    options.add("--keep_going=5");
    options.add("--reproducer_path=" + findings);
    options.add("-artifact_prefix=" + findings + "/");
    options.add("-max_total_time=" + arguments[2]);
    options.add("-timeout=60"); // of a busy machine; FuzzCheck counts the thread's own time
    options.add("-rss_limit_mb=2048");
    options.add(corpus.toString());
    options.add(seeds.toString());
    Method main = Class.forName(JAZZER).getMethod("main", String[].class);
    main.invoke(null, (Object) options.toArray(String[]::new));
  }

  /** Jazzer calls this with each input. */
  public static void fuzzerTestOneInput(byte[] input) throws ClassNotFoundException {
    FuzzTarget target = running;
    if (target == null) {
      target = find(System.getProperty(TARGET));
      for (byte[] seed : FuzzCheck.seeds(target)) {
        target.accepts(seed); // loads classes, which takes time
      }
      running = target;
    }
    FuzzCheck.run(target, input);
  }

  /** Maven runs this in every module that the target's module is built on. */
  private static boolean isOfThisModule(String name) {
    String file = name.substring(0, name.lastIndexOf('.')).replace('.', '/') + ".class";
    return Fuzzing.class.getClassLoader().getResource(file) != null;
  }

  private static FuzzTarget find(String name) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    for (Object each : Class.forName(name.substring(0, dot)).getEnumConstants()) {
      if (each instanceof FuzzTarget target && target.name().equals(name.substring(dot + 1))) {
        return target;
      }
    }
    throw new IllegalArgumentException("no target " + name);
  }
}
