package dev.klay.client.junit;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.ReflectionSupport;

/** What the fixtures made on one stage. */
final class FixtureValues {
  private final FixtureMethods methods;
  private final Stage stage;
  private final Map<Method, Optional<Object>> made = new LinkedHashMap<>();
  private final Set<Method> running = new LinkedHashSet<>();

  FixtureValues(FixtureMethods methods, Stage stage) {
    this.methods = methods;
    this.stage = stage;
  }

  /** Runs every fixture once, each behind those it asks for. */
  void makeAll() {
    methods.methods().forEach(this::make);
  }

  Optional<Object> find(Class<?> type) {
    return methods.making(type).flatMap(this::make);
  }

  Collection<Object> all() {
    return made.values().stream().flatMap(Optional::stream).toList();
  }

  private Optional<Object> make(Method method) {
    Optional<Object> known = made.get(method);
    if (known != null) {
      return known;
    }
    if (!running.add(method)) {
      throw new ExtensionConfigurationException("fixtures ask for each other: " + running);
    }
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      arguments.add(argument(method, parameter));
    }
    method.setAccessible(true);
    @Nullable Object value =
        ReflectionSupport.invokeMethod(method, null, arguments.toArray(new Object[0]));
    running.remove(method);
    made.put(method, Optional.ofNullable(value));
    return Optional.ofNullable(value);
  }

  private Object argument(Method method, Parameter parameter) {
    return stage
        .find(Wanted.of(parameter))
        .orElseThrow(
            () ->
                new ExtensionConfigurationException(
                    "no fixture makes the " + parameter + " of " + method));
  }
}
