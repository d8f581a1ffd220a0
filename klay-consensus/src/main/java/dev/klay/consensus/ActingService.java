package dev.klay.consensus;

import dev.klay.core.service.ChainAccess;
import dev.klay.core.service.ChainService;
import dev.klay.core.transaction.SignedTx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A chain service that changes the transactions it is given, and is another's service otherwise. A
 * proxy, because all but one of many methods only pass on.
 */
final class ActingService {
  private final ChainService chain;
  private final UnaryOperator<SignedTx> change;

  private ActingService(ChainService chain, UnaryOperator<SignedTx> change) {
    this.chain = chain;
    this.change = change;
  }

  static ChainAccess of(ChainService chain, UnaryOperator<SignedTx> change) {
    ActingService acting = new ActingService(chain, change);
    ChainService service =
        (ChainService)
            Proxy.newProxyInstance(
                ChainService.class.getClassLoader(),
                new Class<?>[] {ChainService.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("service")) {
                    return proxy;
                  }
                  return acting.invoke(method, arguments);
                });
    return service;
  }

  private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      if (method.getName().equals("submit") && arguments != null) {
        SignedTx signed = (SignedTx) Objects.requireNonNull(arguments[0]);
        return method.invoke(chain, change.apply(signed));
      }
      return method.invoke(chain, arguments);
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }
}
