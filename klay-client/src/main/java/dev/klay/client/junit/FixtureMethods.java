package dev.klay.client.junit;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The fixtures of a test class and of its superclasses, those first. */
record FixtureMethods(List<Method> methods) {
  static FixtureMethods of(Class<?> testClass) {
    List<Method> methods =
        AnnotationSupport.findAnnotatedMethods(
            testClass, Fixture.class, HierarchyTraversalMode.TOP_DOWN);
    for (Method method : methods) {
      if (!Modifier.isStatic(method.getModifiers())) {
        throw new ExtensionConfigurationException(
            "a fixture runs before there is a test: make " + method + " static");
      }
    }
    return new FixtureMethods(methods);
  }

  /** The fixture that makes things of this type. */
  Optional<Method> making(Class<?> type) {
    List<Method> found =
        methods.stream().filter(method -> type.isAssignableFrom(method.getReturnType())).toList();
    if (found.size() > 1) {
      throw new ExtensionConfigurationException(
          "several fixtures make a " + type.getSimpleName() + ": " + found);
    }
    return found.stream().findFirst();
  }
}
