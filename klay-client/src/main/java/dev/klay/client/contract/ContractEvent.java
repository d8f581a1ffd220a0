package dev.klay.client.contract;

import dev.klay.client.abi.AbiEvent;
import dev.klay.client.abi.AbiTuple;
import dev.klay.core.block.Log;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;

/**
 * What a contract reported in a final block.
 *
 * @param cursor its place; resume behind it
 */
public record ContractEvent(
    AbiEvent event, AbiTuple arguments, Log log, Hash transaction, EventCursor cursor) {
  public String name() {
    return event.name();
  }

  public Address contract() {
    return log.address();
  }

  @Override
  public String toString() {
    return event.name() + arguments + " at " + cursor;
  }
}
