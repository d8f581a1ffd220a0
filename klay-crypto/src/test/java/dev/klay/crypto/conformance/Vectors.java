package dev.klay.crypto.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The public test data beside the project: the directory of the system property {@code
 * klay.vectors}, else of the environment variable {@code KLAY_VECTORS}, else {@code
 * ../shared/vectors}. A test that asks for a file which is not there is skipped and says so.
 */
public final class Vectors {
  private static final JsonMapper JSON = new JsonMapper();

  private Vectors() {}

  /** The directory of all vectors, whether it exists or not. */
  public static Path root() {
    String named = System.getProperty("klay.vectors", System.getenv("KLAY_VECTORS"));
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    return Path.of(System.getProperty("klay.projectRoot", "."), "..", "shared", "vectors");
  }

  /** A file or folder below the root; skips the test where it is missing. */
  public static Path require(String relative) {
    Path path = root().resolve(relative);
    Assumptions.assumeTrue(
        Files.exists(path),
        () -> "no conformance vectors at " + relative + "; set -Dklay.vectors=DIR to run this");
    return path;
  }

  /** A JSON file below the root; skips the test where it is missing. */
  public static JsonNode json(String relative) {
    return read(require(relative));
  }

  /**
   * Every JSON file of a folder whose name starts so, each with its name; skips the test if there
   * is none. Other sets of vectors spread a topic over files of other names.
   */
  public static Map<String, JsonNode> topic(String folder, String prefix) {
    Map<String, JsonNode> found = new TreeMap<>();
    for (Path file : files(folder, ".json")) {
      String name = file.getFileName().toString();
      if (name.startsWith(prefix)) {
        found.put(name, read(file));
      }
    }
    Assumptions.assumeFalse(
        found.isEmpty(), () -> "no conformance vectors " + folder + "/" + prefix + "*.json");
    return found;
  }

  /** The same as one object: arrays of one name follow each other, members of objects join. */
  public static JsonNode merged(String folder, String prefix) {
    ObjectNode all = JSON.createObjectNode();
    for (JsonNode file : topic(folder, prefix).values()) {
      for (Map.Entry<String, JsonNode> entry : file.properties()) {
        JsonNode known = all.get(entry.getKey());
        if (known instanceof ArrayNode array && entry.getValue() instanceof ArrayNode more) {
          array.addAll(more);
        } else if (known instanceof ObjectNode object
            && entry.getValue() instanceof ObjectNode more) {
          object.setAll(more);
        } else {
          all.set(entry.getKey(), entry.getValue());
        }
      }
    }
    return all;
  }

  public static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file of a folder whose name ends so, sorted; skips the test if the folder is missing. */
  public static List<Path> files(String folder, String suffix) {
    return list(require(folder), suffix);
  }

  /** Every folder of a folder whose name starts so, sorted; skips the test if it is missing. */
  public static List<Path> folders(String parent, String prefix) {
    try (Stream<Path> found = Files.list(require(parent))) {
      return found
          .filter(p -> Files.isDirectory(p) && p.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder, String suffix) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(p -> p.getFileName().toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
