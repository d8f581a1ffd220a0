package dev.klay.client.contract;

import dev.klay.client.abi.AbiEvent;
import dev.klay.client.abi.DecodedLog;
import dev.klay.core.block.Bloom;
import dev.klay.core.block.Log;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.SignedTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The wanted events of a block. Blooms tell most blocks without any. */
final class BlockEvents {
  private final ChainService service;
  private final Optional<Address> contract;
  private final List<EventPattern> patterns;
  private final EventCursor after;

  BlockEvents(
      ChainService service,
      Optional<Address> contract,
      List<EventPattern> patterns,
      EventCursor after) {
    this.service = service;
    this.contract = contract;
    this.patterns = patterns;
    this.after = after;
  }

  CompletableFuture<List<ContractEvent>> of(BlockView block) {
    Bloom bloom = block.block().header().bloom();
    boolean possible =
        contract.map(bloom::mayContain).orElse(true)
            && patterns.stream().anyMatch(pattern -> pattern.mayBeIn(bloom));
    return possible ? receipts(block).thenApply(this::select) : none();
  }

  private static CompletableFuture<List<ContractEvent>> none() {
    return CompletableFuture.completedFuture(List.of());
  }

  private CompletableFuture<List<Receipt>> receipts(BlockView block) {
    List<CompletableFuture<Optional<Receipt>>> asked =
        block.block().transactions().stream().map(SignedTx::hash).map(service::receipt).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(done -> asked.stream().flatMap(each -> each.join().stream()).toList());
  }

  private List<ContractEvent> select(List<Receipt> receipts) {
    List<ContractEvent> found = new ArrayList<>();
    int index = 0;
    for (Receipt receipt : receipts) {
      for (Log log : receipt.logs()) {
        select(log, receipt, new EventCursor(receipt.blockNumber(), index)).ifPresent(found::add);
        index++;
      }
    }
    return found;
  }

  private Optional<ContractEvent> select(Log log, Receipt receipt, EventCursor cursor) {
    if (cursor.compareTo(after) <= 0 || !contract.map(log.address()::equals).orElse(true)) {
      return Optional.empty();
    }
    return patterns.stream()
        .filter(pattern -> pattern.matches(log))
        .findFirst()
        .map(EventPattern::event)
        .flatMap(event -> decode(event, log))
        .map(e -> new ContractEvent(e.event(), e.arguments(), log, receipt.hash(), cursor));
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
