package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.importing.CheatsRefusedException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Adds methods for development under the prefixes that tools use: Hardhat's, Foundry's and the
 * older ones of Ganache. What a cheat refuses because of its arguments is an error of parameters.
 */
final class DevNames {
  private static final String[] PREFIXES = {"evm_", "hardhat_", "anvil_"};

  private final RpcMethods table;

  DevNames(RpcMethods table) {
    this.table = table;
  }

  /** Whether the name is one of a method for development, known or not. */
  static boolean isDevelopment(String method) {
    return Stream.of(PREFIXES).anyMatch(method::startsWith);
  }

  /** One method under all prefixes. */
  void everywhere(String name, Function<RpcParams, JsonNode> method) {
    for (String prefix : PREFIXES) {
      only(prefix + name, method);
    }
  }

  /** One method under its full name. */
  void only(String fullName, Function<RpcParams, JsonNode> method) {
    table.add(fullName, params -> checked(method, params));
  }

  private static JsonNode checked(Function<RpcParams, JsonNode> method, RpcParams params) {
    try {
      return method.apply(params);
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw RpcException.invalid(String.valueOf(wrong.getMessage()));
    } catch (CheatsRefusedException refused) {
      throw RpcException.refused(String.valueOf(refused.getMessage()));
    }
  }
}
