package dev.klay.client.junit;

import dev.klay.client.KlayChain;
import dev.klay.core.service.Await;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.SignedTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stands beside the failure of a test and shows the calls within the transactions that failed in
 * it, outermost first. It has no stack trace of its own.
 */
public final class FailedTransactions extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int SHOWN_MAX = 3;

  private FailedTransactions(String report) {
    super(report, null, false, false);
  }

  /** The report on the last failed transactions behind the fixtures; empty if none failed. */
  static Optional<FailedTransactions> of(Stage stage) {
    KlayChain chain = stage.chain();
    List<Receipt> failed = failed(chain.service(), stage.preparedHeight());
    if (failed.isEmpty()) {
      return Optional.empty();
    }
    CallTreeText text = new CallTreeText(KnownContracts.of(stage.fixtures().all()));
    StringBuilder report = new StringBuilder("transactions that failed in this test:");
    for (Receipt receipt : failed) {
      report.append(System.lineSeparator()).append(receipt).append(System.lineSeparator());
      chain.cheats().trace(receipt.hash()).ifPresent(frame -> report.append(text.of(frame)));
    }
    return Optional.of(new FailedTransactions(report.toString()));
  }

  private static List<Receipt> failed(ChainService chain, long prepared) {
    List<Receipt> failed = new ArrayList<>();
    long head = Await.of(chain.height());
    for (long n = head; n > prepared && failed.size() < SHOWN_MAX; n--) {
      Optional<BlockView> block = Await.of(chain.block(BlockRef.number(n)));
      List<SignedTx> transactions =
          block.map(view -> view.block().transactions()).orElse(List.of());
      for (SignedTx tx : transactions) {
        Await.of(chain.receipt(tx.hash())).filter(r -> !r.isSuccess()).ifPresent(failed::add);
      }
    }
    return failed.subList(0, Math.min(SHOWN_MAX, failed.size()));
  }
}
