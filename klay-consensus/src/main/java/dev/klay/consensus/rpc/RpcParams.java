package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.klay.core.evm.GasBudget;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a call, by position, and how much may be done to answer it. Whoever reads one
 * gets it right, or a -32602.
 */
public final class RpcParams {
  private final List<JsonNode> values = new ArrayList<>();

  private final GasBudget budget;

  private RpcParams(GasBudget budget) {
    this.budget = budget;
  }

  /** Reads the {@code params} of a request: an array, or nothing. */
  static RpcParams of(JsonNode params, GasBudget budget) {
    RpcParams read = new RpcParams(budget);
    if (params.isArray()) {
      params.forEach(read.values::add);
    } else if (!params.isMissingNode() && !params.isNull()) {
      throw RpcException.invalid("non-array args: params must be an array");
    }
    return read;
  }

  /** What a method that is {@link Brevity#OFTEN often brief} may use now. */
  public GasBudget budget() {
    return budget;
  }

  public int size() {
    return values.size();
  }

  /** Refuses more parameters than a method has. */
  public RpcParams atMost(int count) {
    if (values.size() > count) {
      throw RpcException.invalid("too many arguments, want at most " + count);
    }
    return this;
  }

  /** A parameter that may be missing. */
  public RpcValue at(int index) {
    JsonNode json = index < values.size() ? values.get(index) : MissingNode.getInstance();
    return new RpcValue(index, "", json);
  }

  /** Whether there is one, and not null. */
  public boolean has(int index) {
    return at(index).isPresent();
  }
}
