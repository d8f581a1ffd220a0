package dev.klay.client.contract;

import dev.klay.client.abi.AbiEvent;
import dev.klay.client.abi.DecodedLog;
import dev.klay.core.block.Log;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.LogView;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds the wanted events in blocks. */
final class EventSearch {
  private final ChainService service;
  private final Optional<Address> contract;
  private final List<EventPattern> patterns;
  private final EventCursor after;
  private final LogFilter filter;

  EventSearch(
      ChainService service,
      Optional<Address> contract,
      List<EventPattern> patterns,
      EventCursor after) {
    this.service = service;
    this.contract = contract;
    this.patterns = patterns;
    this.after = after;
    this.filter = filter();
  }

  /** Lets through all that is wanted, and of several kinds of events perhaps some more. */
  private LogFilter filter() {
    LogFilter wanted = LogFilter.range(BlockRef.EARLIEST, BlockRef.LATEST);
    if (contract.isPresent()) {
      wanted = wanted.address(contract.orElseThrow());
    }
    boolean one = patterns.size() == 1;
    if (one || patterns.stream().noneMatch(p -> p.event().anonymous())) {
      for (EventPattern pattern : patterns) {
        List<Optional<Hash>> topics = pattern.topics();
        for (int i = 0; i < (one ? topics.size() : 1); i++) {
          wanted =
              topics.get(i).isPresent() ? wanted.topic(i, topics.get(i).orElseThrow()) : wanted;
        }
      }
    }
    return wanted;
  }

  /** Those in a block; its bloom tells most blocks without any. */
  CompletableFuture<List<ContractEvent>> in(BlockView block) {
    if (!filter.mayMatch(block.block())) {
      return CompletableFuture.completedFuture(List.of());
    }
    LogFilter ofBlock =
        new LogFilter(
            Optional.of(block.hash()),
            BlockRef.LATEST,
            BlockRef.LATEST,
            filter.addresses(),
            filter.topics());
    return service.logs(ofBlock).thenApply(this::select);
  }

  /**
   * Those in some blocks.
   *
   * @param last inclusive
   */
  CompletableFuture<List<ContractEvent>> in(long first, long last) {
    return service
        .logs(filter.between(BlockRef.number(first), BlockRef.number(last)))
        .thenApply(this::select);
  }

  private List<ContractEvent> select(List<LogView> logs) {
    return logs.stream().flatMap(log -> select(log).stream()).toList();
  }

  private Optional<ContractEvent> select(LogView found) {
    EventCursor cursor = new EventCursor(found.blockNumber(), found.index());
    if (cursor.compareTo(after) <= 0) {
      return Optional.empty();
    }
    Log log = found.log();
    return patterns.stream()
        .filter(pattern -> pattern.matches(log))
        .findFirst()
        .flatMap(pattern -> decode(pattern.event(), log))
        .map(
            e -> new ContractEvent(e.event(), e.arguments(), log, found.transactionHash(), cursor));
  }

  /**
   * Of any contract, a log that only looks like the event is none; of a known one it is an error.
   */
  private Optional<DecodedLog> decode(AbiEvent event, Log log) {
    try {
      return Optional.of(new DecodedLog(event, event.decode(log), log));
    } catch (DecodingException e) {
      if (contract.isEmpty()) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
