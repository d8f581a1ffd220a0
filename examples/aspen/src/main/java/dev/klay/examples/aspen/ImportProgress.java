package dev.klay.examples.aspen;

import dev.klay.core.importing.BlockFileImport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows how far an import is, a line a second at most. For one thread. */
final class ImportProgress implements Consumer<BlockFileImport.Progress> {
  private static final long BETWEEN_NANOS = Duration.ofSeconds(1).toNanos();
  private static final double NANOS = 1e9;

  private final PrintWriter out;
  private final long fileBytes;
  private final LongSupplier nanoTime;
  private final long start;
  private long lastLine;

  /**
   * A view of an import that begins now.
   *
   * @param fileBytes size of the file
   */
  ImportProgress(PrintWriter out, long fileBytes, LongSupplier nanoTime) {
    this.out = out;
    this.fileBytes = fileBytes;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.lastLine = start;
  }

  @Override
  public void accept(BlockFileImport.Progress progress) {
    if (nanoTime.getAsLong() - lastLine >= BETWEEN_NANOS) {
      show(progress);
    }
  }

  /** Shows what an import came to. */
  void show(BlockFileImport.Progress progress) {
    lastLine = nanoTime.getAsLong();
    double seconds = (lastLine - start) / NANOS;
    out.printf(
        "import: block %d, %d imported, %d known, %d transactions, %d %% of the file, %.0f tx/s%n",
        progress.number(),
        progress.imported(),
        progress.skipped(),
        progress.transactions(),
        fileBytes == 0 ? 100 : progress.positionBytes() * 100 / fileBytes,
        progress.transactions() / Math.max(seconds, 1e-3));
    out.flush();
  }
}
