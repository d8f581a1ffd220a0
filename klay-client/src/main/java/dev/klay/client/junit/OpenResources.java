package dev.klay.client.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Listening ports and open files of this process, as Linux shows them; elsewhere none are seen.
 * Files that class loaders and the JVM open, as they like, do not count.
 */
record OpenResources(Set<String> names) {
  static final OpenResources NONE = new OpenResources(Set.of());

  private static final Path PROCESS = Path.of("/proc/self");
  private static final String LISTENING = "0A";
  private static final int STATE = 3;
  private static final int INODE = 9;

  static OpenResources now() {
    Path descriptors = PROCESS.resolve("fd");
    if (!Files.isDirectory(descriptors)) {
      return NONE;
    }
    Map<String, Integer> ports = listeningPorts();
    Set<String> names = new TreeSet<>();
    for (String target : targets(descriptors)) {
      if (ports.containsKey(target)) {
        names.add("port " + ports.get(target));
      } else if (target.startsWith("/") && !isOfTheJvm(target)) {
        names.add("file " + target);
      }
    }
    return new OpenResources(names);
  }

  private static boolean isOfTheJvm(String target) {
    return target.startsWith("/proc/")
        || target.startsWith("/dev/")
        || target.startsWith("/sys/")
        || target.endsWith(".jar")
        || target.endsWith(".so")
        || target.endsWith("/modules")
        || target.contains("surefire");
  }

  private static List<String> targets(Path descriptors) {
    List<String> targets = new ArrayList<>();
    try (Stream<Path> links = Files.list(descriptors)) {
      for (Path link : (Iterable<Path>) links::iterator) {
        try {
          targets.add(Files.readSymbolicLink(link).toString());
        } catch (IOException closedMeanwhile) {
          continue;
        }
      }
    } catch (IOException unreadable) {
      return List.of(); // some containers hide it
    }
    return targets;
  }

  /** Ports by the name that a descriptor of theirs has. */
  private static Map<String, Integer> listeningPorts() {
    Map<String, Integer> ports = new TreeMap<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : lines(PROCESS.resolve(table))) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length > INODE && columns[STATE].equals(LISTENING)) {
          String port = columns[1].substring(columns[1].lastIndexOf(':') + 1);
          ports.put("socket:[" + columns[INODE] + "]", Integer.parseInt(port, 16));
        }
      }
    }
    return ports;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException absent) {
      return List.of(); // a machine without that protocol
    }
  }

  /** What is here and was not in the other. */
  Collection<String> notIn(OpenResources other) {
    Set<String> more = new TreeSet<>(names);
    more.removeAll(other.names());
    return more;
  }
}
