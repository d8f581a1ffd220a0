package dev.klay.client.contract;

import dev.klay.client.Account;
import dev.klay.client.abi.Abi;
import dev.klay.client.abi.AbiFunction;
import dev.klay.client.abi.AbiTuple;
import dev.klay.client.abi.JavaMapping;
import dev.klay.core.service.Await;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Amount;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a method of an interface does with a contract. */
final class ProxyMethod {
  private final AbiFunction function;
  private final boolean senderFirst;
  private final OptionalInt sent;
  private final boolean async;
  private final Type result;

  private ProxyMethod(
      AbiFunction function, boolean senderFirst, OptionalInt sent, boolean async, Type result) {
    this.function = function;
    this.senderFirst = senderFirst;
    this.sent = sent;
    this.async = async;
    this.result = result;
  }

  static ProxyMethod of(Method method, Abi abi) {
    Parameter[] parameters = method.getParameters();
    boolean senderFirst = parameters.length > 0 && ContractProxy.isSender(parameters[0].getType());
    OptionalInt sent =
        IntStream.range(0, parameters.length)
            .filter(i -> parameters[i].isAnnotationPresent(Sent.class))
            .findFirst();
    if (sent.isPresent() && parameters[sent.getAsInt()].getType() != Amount.class) {
      throw new IllegalArgumentException("what is @Sent is an Amount: " + method);
    }
    int own = parameters.length - (senderFirst ? 1 : 0) - (sent.isPresent() ? 1 : 0);
    Type type = method.getGenericReturnType();
    boolean async = method.getReturnType() == CompletableFuture.class;
    Type result =
        async && type instanceof ParameterizedType future
            ? future.getActualTypeArguments()[0]
            : type;
    return new ProxyMethod(function(method, own, abi), senderFirst, sent, async, result);
  }

  private static AbiFunction function(Method method, int arguments, Abi abi) {
    ContractFunction named = method.getAnnotation(ContractFunction.class);
    if (named != null) {
      return abi.function(named.value());
    }
    List<AbiFunction> found =
        abi.functions().stream()
            .filter(f -> f.name().equals(method.getName()) && f.inputs().size() == arguments)
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.size() + " functions of the ABI are " + method + "; name one by @ContractFunction");
    }
    return found.get(0);
  }

  @Nullable Object invoke(Contract contract, Object[] arguments) {
    Contract target = senderFirst ? contract.by((Account) arguments[0]) : contract;
    if (sent.isPresent()) {
      target = target.paying((Amount) arguments[sent.getAsInt()]);
    }
    List<Object> own = new ArrayList<>();
    for (int i = senderFirst ? 1 : 0; i < arguments.length; i++) {
      if (sent.isEmpty() || i != sent.getAsInt()) {
        own.add(arguments[i]);
      }
    }
    boolean sends = result == Receipt.class || result == void.class || result == Void.class;
    return sends ? send(target, own) : call(target, own);
  }

  private @Nullable Object send(Contract target, List<Object> own) {
    CompletableFuture<Receipt> receipt = target.sendAsync(function, own);
    if (async) {
      return result == Receipt.class ? receipt : receipt.thenApply(r -> null);
    }
    Receipt done = Await.of(receipt);
    return result == Receipt.class ? done : null;
  }

  private Object call(Contract target, List<Object> own) {
    CompletableFuture<Object> answer = target.callAsync(function, own).thenApply(this::convert);
    return async ? answer : Await.of(answer);
  }

  private Object convert(AbiTuple results) {
    if (result == AbiTuple.class && (results.size() != 1 || !isTuple(results))) {
      return results;
    }
    return JavaMapping.to(result, results.size() == 1 ? results.get(0) : results);
  }

  private static boolean isTuple(AbiTuple results) {
    return results.get(0) instanceof AbiTuple;
  }
}
