package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The table of methods by name. Namespaces fill it; a method added again replaces the older one.
 * {@code kaia_x} is {@code klay_x}, as Kaia's nodes have it.
 */
public final class RpcMethods {
  private static final String KAIA = "kaia_";
  private static final String KLAY = "klay_";

  private final ConcurrentMap<String, RpcMethod> byName = new ConcurrentHashMap<>();

  public RpcMethods add(RpcNamespace namespace) {
    namespace.addTo(this);
    return this;
  }

  /** Adds a method that answers at once. */
  public void add(String name, Function<RpcParams, JsonNode> method) {
    put(name, (params, session) -> CompletableFuture.completedFuture(method.apply(params)));
  }

  /**
   * Adds a method that answers at once and takes microseconds whatever it is asked: it runs no code
   * of contracts, writes out no block and waits for nobody.
   */
  public void addBrief(String name, Function<RpcParams, JsonNode> method) {
    addBriefAsync(name, params -> CompletableFuture.completedFuture(method.apply(params)));
  }

  /** Adds a method that takes microseconds, but may answer later. */
  public void addBriefAsync(String name, Function<RpcParams, CompletableFuture<JsonNode>> method) {
    put(name, new Brief(method, Brevity.ALWAYS));
  }

  /**
   * Adds a method that answers at once and often takes microseconds. Where it does not, it throws
   * {@link dev.klay.core.evm.BudgetSpentException} when {@link RpcParams#budget()} is spent, and is
   * called again with more. It changes nothing.
   */
  public void addOftenBrief(String name, Function<RpcParams, JsonNode> method) {
    put(
        name,
        new Brief(
            params -> CompletableFuture.completedFuture(method.apply(params)), Brevity.OFTEN));
  }

  private record Brief(
      Function<RpcParams, CompletableFuture<JsonNode>> method, @Override Brevity brevity)
      implements RpcMethod {
    @Override
    public CompletableFuture<JsonNode> call(RpcParams params, RpcSession session) {
      return method.apply(params);
    }
  }

  /** Adds a method that answers at once and looks at who asks. */
  public void addForSession(String name, BiFunction<RpcParams, RpcSession, JsonNode> method) {
    put(
        name,
        (params, session) -> CompletableFuture.completedFuture(method.apply(params, session)));
  }

  /** Adds a method that answers later. */
  public void addAsync(String name, Function<RpcParams, CompletableFuture<JsonNode>> method) {
    put(name, (params, session) -> method.apply(params));
  }

  public void put(String name, RpcMethod method) {
    byName.put(name, method);
  }

  /** Gives a method one more name. */
  public void alias(String name, String known) {
    put(name, find(known).orElseThrow(() -> new IllegalArgumentException("no method " + known)));
  }

  public Optional<RpcMethod> find(String name) {
    String known = name.startsWith(KAIA) ? KLAY + name.substring(KAIA.length()) : name;
    return Optional.ofNullable(byName.get(known));
  }

  /** All names, ascending. */
  public Set<String> names() {
    return new TreeSet<>(byName.keySet());
  }
}
