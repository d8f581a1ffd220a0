package dev.klay.client.contract;

import dev.klay.client.Account;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers the methods of a Java interface by calls of and transactions to a contract. */
final class ContractProxy implements InvocationHandler {
  private final Class<?> type;
  private final Contract contract;
  private final Map<Method, ProxyMethod> methods = new HashMap<>();

  private ContractProxy(Class<?> type, Contract contract) {
    this.type = type;
    this.contract = contract;
    for (Method method : type.getMethods()) {
      if (!method.isDefault() && !Modifier.isStatic(method.getModifiers()) && !isOwn(method)) {
        methods.put(method, ProxyMethod.of(method, contract.abi()));
      }
    }
  }

  static <T> T of(Class<T> type, Contract contract) {
    if (!type.isInterface()) {
      throw new IllegalArgumentException(type.getName() + " is no interface");
    }
    InvocationHandler handler = new ContractProxy(type, contract);
    Class<?>[] faces = {type};
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), faces, handler));
  }

  /** {@code Contract contract()} gives what is behind the interface. */
  private static boolean isOwn(Method method) {
    return method.getReturnType() == Contract.class && method.getParameterCount() == 0;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    if (isOwn(method)) {
      return contract;
    }
    ProxyMethod known = methods.get(method);
    if (known == null) {
      throw new AssertionError("every abstract method was looked at: " + method);
    }
    return known.invoke(contract, arguments);
  }

  private Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> type.getSimpleName() + " " + contract.address();
    };
  }

  static boolean isSender(Class<?> parameter) {
    return parameter == Account.class;
  }
}
