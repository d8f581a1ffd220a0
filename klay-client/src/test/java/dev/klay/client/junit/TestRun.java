package dev.klay.client.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What became of test classes that JUnit's launcher ran as a build does.
 *
 * @param passed how many tests
 * @param failures of tests and classes
 */
record TestRun(int passed, List<Throwable> failures) {
  /** One test after the other. */
  static TestRun of(Class<?>... testClasses) {
    return run(Map.of(), testClasses);
  }

  /** Classes and methods at the same time, so many at once. */
  static TestRun parallel(int atOnce, Map<String, String> more, Class<?>... testClasses) {
    Map<String, String> parameters = new TreeMap<>(more);
    String prefix = "junit.jupiter.execution.parallel.";
    parameters.put(prefix + "enabled", "true");
    parameters.put(prefix + "mode.default", "concurrent");
    parameters.put(prefix + "mode.classes.default", "concurrent");
    parameters.put(prefix + "config.strategy", "fixed");
    parameters.put(prefix + "config.fixed.parallelism", String.valueOf(atOnce));
    return run(parameters, testClasses);
  }

  private static TestRun run(Map<String, String> parameters, Class<?>... testClasses) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(List.of(testClasses).stream().map(DiscoverySelectors::selectClass).toList())
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .configurationParameters(parameters)
            .build();
    Outcomes outcomes = new Outcomes();
    LauncherFactory.create().execute(request, outcomes);
    return outcomes.soFar();
  }

  private static final class Outcomes implements TestExecutionListener {
    private final List<Throwable> failures = new ArrayList<>();
    private int passed;

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() != Status.SUCCESSFUL) {
        failures.add(
            result.getThrowable().orElseGet(() -> new AssertionError(test.getDisplayName())));
      } else if (test.isTest()) {
        passed++;
      }
    }

    synchronized TestRun soFar() {
      return new TestRun(passed, List.copyOf(failures));
    }
  }
}
