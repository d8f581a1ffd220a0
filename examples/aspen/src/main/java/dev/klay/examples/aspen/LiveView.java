package dev.klay.examples.aspen;

import dev.klay.core.explorer.Explorer;
import dev.klay.core.explorer.Window;
import dev.klay.core.service.BlockView;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Flow;

/** A line for each block, of fast chains at most a few a second. */
final class LiveView implements Flow.Subscriber<BlockView> {
  private static final Window WINDOW = Window.seconds(10);
  private static final Duration BETWEEN_LINES = Duration.ofMillis(250);

  private final Explorer explorer;
  private final PrintWriter out;
  private Instant lastLine = Instant.EPOCH;
  private Flow.Subscription subscription = new Nothing();

  LiveView(Explorer explorer, PrintWriter out) {
    this.explorer = explorer;
    this.out = out;
  }

  private static final class Nothing implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    out.printf("%8s  %-8s %6s %12s %10s%n", "height", "proposer", "txs", "gas", "TPS (10 s)");
    subscription.request(1);
  }

  @Override
  public void onNext(BlockView block) {
    if (Duration.between(lastLine, block.time()).compareTo(BETWEEN_LINES) >= 0) {
      lastLine = block.time();
      out.printf(
          "%8d  %-8s %6d %12d %10.1f%n",
          block.height(),
          block.proposer(),
          block.transactionCount(),
          block.gasUsed(),
          explorer.tps(WINDOW));
      out.flush();
    }
    subscription.request(1);
  }

  @Override
  public void onError(Throwable failure) {
    out.println("the view of blocks ended: " + failure);
    out.flush();
  }

  @Override
  public void onComplete() {
    out.println("stopped");
    out.flush();
  }
}
