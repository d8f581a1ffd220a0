package dev.klay.client.contract;

import dev.klay.client.abi.AbiEvent;
import dev.klay.core.block.Log;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;

/**
 * An event with some of its topics.
 *
 * @param topics by position, empty where any will do
 */
record EventPattern(AbiEvent event, List<Optional<Hash>> topics) {
  boolean matches(Log log) {
    if (!event.matches(log)) {
      return false;
    }
    for (int i = 0; i < topics.size(); i++) {
      Hash found = log.topics().get(i);
      if (!topics.get(i).map(found::equals).orElse(true)) {
        return false;
      }
    }
    return true;
  }
}
