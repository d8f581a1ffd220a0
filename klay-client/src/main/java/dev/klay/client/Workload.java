package dev.klay.client;

import dev.klay.core.call.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Work whose cost is asked for. Immutable.
 *
 * <pre>{@code
 * Workload day = Workload.NONE.transfers(10_000).calls(500, Call.to(shop).from(me).input(buy).build());
 * Amount bill = client.costs().estimate(day);
 * }</pre>
 */
public record Workload(List<Part> parts) {
  public static final Workload NONE = new Workload(List.of());

  private static final long TRANSFER_GAS = 21_000;
  private static final long MEMO_BYTE_GAS = 100;

  public Workload {
    parts = List.copyOf(parts);
  }

  /**
   * Many transactions of a kind.
   *
   * @param gas used by one; where a call has to be tried, empty
   * @param call to be tried
   */
  record Part(long count, Optional<Long> gas, Optional<Call> call) {
    Part {
      if (count < 0) {
        throw new IllegalArgumentException("a number of transactions is not negative: " + count);
      }
    }
  }

  /** More transfers of KLAY, each signed by one key. */
  public Workload transfers(long count) {
    return with(new Part(count, Optional.of(TRANSFER_GAS), Optional.empty()));
  }

  /** More transfers with memos of so many bytes each. */
  public Workload memos(long count, int bytes) {
    return with(
        new Part(count, Optional.of(TRANSFER_GAS + MEMO_BYTE_GAS * bytes), Optional.empty()));
  }

  /**
   * More transactions like this: calls and creations of contracts. Exact where the contract does
   * the same each time; a first write to a slot costs more than those behind it.
   */
  public Workload calls(long count, Call call) {
    return with(new Part(count, Optional.empty(), Optional.of(call)));
  }

  private Workload with(Part part) {
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new Workload(more);
  }
}
