package dev.klay.client.junit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Gives the tests of a {@link KlayTest} their networks, and looks after what they leave. */
final class KlayExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(KlayExtension.class);

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  private static @Nullable Stages stages(ExtensionContext context) {
    return store(context).get(Stages.class, Stages.class);
  }

  private static LeakWatch leakWatch(ExtensionContext context) {
    return LeakWatch.of(store(context.getRoot()), context);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    Optional<KlayTest> annotation = AnnotationSupport.findAnnotation(testClass, KlayTest.class);
    if (annotation.isEmpty()) {
      return; // a nested class uses the networks of the class around it
    }
    KlayTest test = annotation.orElseThrow();
    if (test.leakCheck()) {
      leakWatch(context).enter(testClass);
    }
    store(context).put(Stages.class, new Stages(testClass, test));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    Stages stages = stages(context);
    if (stages == null || stages.owner() != testClass) {
      return;
    }
    try {
      stages.close();
    } finally {
      if (stages.isWatched()) {
        leakWatch(context).leave(!isParallel(context));
      }
    }
  }

  private static boolean isParallel(ExtensionContext context) {
    return context
        .getConfigurationParameter("junit.jupiter.execution.parallel.enabled")
        .filter(Boolean::parseBoolean)
        .isPresent();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Stages stages = stages(context);
    if (stages == null) {
      throw new ExtensionConfigurationException(
          context.getRequiredTestClass() + " has no @KlayTest, nor has a class around it");
    }
    store(context).put(Stage.class, stages.take());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Stage stage = store(context).remove(Stage.class, Stage.class);
    Stages stages = stages(context);
    if (stage != null && stages != null) {
      stages.giveBack(stage);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Wanted wanted = Wanted.of(parameter.getParameter());
    Stages stages = stages(context);
    return wanted.isOfEveryStage()
        || stages != null && stages.methods().making(wanted.type()).isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Stage stage = store(context).get(Stage.class, Stage.class);
    if (stage == null) {
      throw new ParameterResolutionException(
          "a test has its network only while it runs: take "
              + parameter.getParameter()
              + " as a parameter of the test, of a @BeforeEach or of a @Fixture");
    }
    return stage
        .find(Wanted.of(parameter.getParameter()))
        .orElseThrow(
            () ->
                new ParameterResolutionException(
                    "the fixture of " + parameter.getParameter() + " returned null"));
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Stage stage = store(context).get(Stage.class, Stage.class);
    if (stage != null && !(failure instanceof TestAbortedException)) {
      FailedTransactions.of(stage).ifPresent(failure::addSuppressed);
    }
    throw failure;
  }
}
