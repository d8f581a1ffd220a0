package dev.klay.client.abi;

import dev.klay.core.block.Log;

/** A log that is understood. */
public record DecodedLog(AbiEvent event, AbiTuple arguments, Log log) {
  public String name() {
    return event.name();
  }

  @Override
  public String toString() {
    return event.name() + arguments;
  }
}
