package dev.klay.client.junit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The networks of one test class: as many as tests run at once. Safe for any thread. */
final class Stages implements AutoCloseable {
  private final NetworkPlan plan;
  private final FixtureMethods methods;
  private final NetworkPer per;
  private final Class<?> owner;
  private final boolean watched;
  private final Deque<Stage> idle = new ArrayDeque<>();
  private final List<Stage> open = new ArrayList<>();

  Stages(Class<?> owner, KlayTest test) {
    this.owner = owner;
    this.plan = NetworkPlan.of(test);
    this.methods = FixtureMethods.of(owner);
    this.per = test.network();
    this.watched = test.leakCheck();
  }

  Class<?> owner() {
    return owner;
  }

  /** Whether what is left open is a failure. */
  boolean isWatched() {
    return watched;
  }

  FixtureMethods methods() {
    return methods;
  }

  /** A stage as the fixtures left it, for one test. */
  Stage take() {
    Stage stage = takeIdle();
    if (stage == null) {
      stage = Stage.start(plan, methods);
      synchronized (this) {
        open.add(stage);
      }
    }
    stage.enter();
    return stage;
  }

  private synchronized @Nullable Stage takeIdle() {
    return idle.poll();
  }

  /** The test is over. */
  void giveBack(Stage stage) {
    if (per == NetworkPer.METHOD) {
      synchronized (this) {
        open.remove(stage);
      }
      stage.close();
      return;
    }
    synchronized (this) {
      idle.push(stage);
    }
  }

  @Override
  public synchronized void close() {
    open.forEach(Stage::close);
    open.clear();
    idle.clear();
  }
}
