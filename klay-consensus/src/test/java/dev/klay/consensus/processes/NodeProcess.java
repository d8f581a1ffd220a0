package dev.klay.consensus.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One life of a node's process, as the test sees it. */
final class NodeProcess {
  /** A test runner that has classes elsewhere says where by the property. */
  private static final String CLASS_PATH =
      System.getProperty("klay.processes.classpath", System.getProperty("java.class.path"));

  private static final long START_SECONDS = 300;
  private static final long ANSWER_SECONDS = 120;

  /** The process ended before it answered. */
  static final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EndedException(String message) {
      super(message);
    }
  }

  private final Path log;
  private final Process process;
  private final PrintWriter commands;
  private final ConcurrentLinkedQueue<CompletableFuture<String>> questions =
      new ConcurrentLinkedQueue<>();
  private final CompletableFuture<String> started = new CompletableFuture<>();
  private final Thread reader;
  private final Consumer<String> events;
  private volatile boolean ended;

  /**
   * Starts a process.
   *
   * @param events takes what the node says by itself, in order
   */
  NodeProcess(Path home, String name, Consumer<String> events) {
    this.events = events;
    this.log = home.resolve(name + ".log");
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    java.addAll(List.of("-cp", CLASS_PATH));
    java.addAll(List.of(ProcessNode.class.getName(), home.toString(), name));
    try {
      process =
          new ProcessBuilder(java)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    commands =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    questions.add(started);
    reader = new Thread(this::read, "reader of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("= ")) {
          CompletableFuture<String> question = questions.poll();
          if (question != null) {
            question.complete(line.substring(2));
          }
        } else if (line.endsWith(" " + ProcessNode.END)) {
          events.accept(line);
        }
      }
    } catch (IOException ended) {
      started.completeExceptionally(ended);
    }
    ended = true; // first: whoever asks from now on finds out by itself
    for (CompletableFuture<String> q = questions.poll(); q != null; q = questions.poll()) {
      q.completeExceptionally(new EndedException("the node's process ended"));
    }
  }

  /**
   * Waits until reads and writes work.
   *
   * @throws EndedException with its log if it ended instead
   */
  void awaitStart() {
    try {
      get(started, START_SECONDS);
    } catch (EndedException e) {
      throw new EndedException(e.getMessage() + "\n" + log());
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it started, or ended by itself. */
  boolean startsOrRefuses() {
    try {
      awaitStart();
      return true;
    } catch (EndedException refused) {
      return false;
    }
  }

  /** The answer to a command. */
  String ask(String... words) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    synchronized (this) {
      questions.add(answer);
      commands.println(String.join(" ", words));
    }
    if (ended) {
      answer.completeExceptionally(new EndedException("the node's process has ended"));
    }
    return get(answer, ANSWER_SECONDS);
  }

  private static String get(CompletableFuture<String> answer, long seconds) {
    try {
      return answer.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new EndedException(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in " + seconds + " s", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: it does not get to do anything. What it had said is still read. */
  void kill() {
    process.destroyForcibly();
    join();
  }

  /** Asks it to end. */
  void quit() {
    commands.println("quit");
    join();
  }

  private void join() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the process does not end");
      }
      reader.join(30_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void pause() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int code =
          new ProcessBuilder(Arrays.asList("kill", "-" + name, Long.toString(process.pid())))
              .start()
              .waitFor();
      if (code != 0) {
        throw new AssertionError("kill -" + name + " failed: " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
