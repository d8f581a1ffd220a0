package dev.klay.core.system;

import dev.klay.core.call.Call;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.Simulation;
import dev.klay.core.execution.BlockEnvironment;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.nio.charset.StandardCharsets;

/** Asks contracts on the state behind a block. Immutable. */
public final class ContractReads {
  private static final int SELECTOR_SIZE = 4;

  private final WorldState state;
  private final Simulation simulation;

  /**
   * Reads behind a block.
   *
   * @param state after the block
   * @param environment of the block
   */
  public ContractReads(WorldState state, BlockEnvironment environment) {
    this.state = state;
    this.simulation = new Simulation(state, environment);
  }

  WorldState state() {
    return state;
  }

  /**
   * What the contract answers.
   *
   * @throws DecodingException if there is no code, or it fails
   */
  AbiData ask(Address contract, Bytes input) {
    if (state.code(contract).isEmpty()) {
      throw new DecodingException("there is no contract at " + contract);
    }
    CallResult result = simulation.run(Call.to(contract).input(input).build());
    if (!result.isSuccess()) {
      throw new DecodingException("the contract at " + contract + " failed: " + result.status());
    }
    return AbiData.of(result.output());
  }

  /** The first four bytes of a call of the function. */
  static Bytes selector(String signature) {
    return Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII))
        .toBytes()
        .slice(0, SELECTOR_SIZE);
  }
}
