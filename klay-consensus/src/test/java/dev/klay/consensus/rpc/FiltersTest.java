package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.importing.Chain;
import dev.klay.core.importing.ChainHead;
import dev.klay.core.service.LocalChainService;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.core.txpool.PoolLimits;
import dev.klay.core.txpool.TxPool;
import dev.klay.crypto.primitive.Address;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long filters live, and how many there may be. */
class FiltersTest {
  private static final int LIMIT = 3;

  private final AtomicLong now = new AtomicLong();
  private final Chain chain = new Chain(ChainSpec.development(), new InMemoryChainStore());
  private final TxPool pool = pool(chain);
  private final LocalChainService service =
      new LocalChainService(chain, pool, pool::addLocal, Runnable::run);
  private final Filters filters =
      new Filters(
          new RpcChain(service, pool, new Nobody(), RpcLimits.DEFAULT.withCounts(10, 10, LIMIT)),
          now::get);

  private static TxPool pool(Chain chain) {
    ChainHead head = chain.head();
    return new TxPool(
        PoolLimits.DEFAULT,
        Clock.systemUTC(),
        head.state(),
        chain.rulesAfter(head),
        chain.nextBaseFee(head));
  }

  private record Nobody() implements NodeFacts {
    @Override
    public Address address() {
      return Address.ZERO;
    }

    @Override
    public String clientVersion() {
      return "Klay/test";
    }

    @Override
    public int peerCount() {
      return 0;
    }
  }

  @AfterEach
  void close() {
    filters.close();
    service.close();
    chain.close();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aFilterThatNobodyAsksForFiveMinutesIsGone() {
    String asked = filters.ofBlocks("a");
    String left = filters.ofBlocks("a");
    pass(Duration.ofMinutes(4));
    assertThat(filters.changes(asked)).isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(filters.changes(asked)).isEmpty();
    assertThatThrownBy(() -> filters.changes(left)).hasMessageContaining("filter not found");
    assertThat(filters.size()).isOne();
  }

  @Test
  void aClientMayHaveSoManyAndOthersTheirOwn() {
    for (int i = 0; i < LIMIT; i++) {
      filters.ofBlocks("a");
    }
    assertThatThrownBy(() -> filters.ofTransactions("a"))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("3 filters are open");
    assertThat(filters.ofBlocks("b")).startsWith("0x");
  }

  @Test
  void atTheLimitTheOneThatWasLeftAloneMakesRoom() {
    String left = filters.ofBlocks("a");
    String asked = filters.ofBlocks("a");
    filters.ofTransactions("a");
    pass(Duration.ofMinutes(1));
    filters.changes(asked);
    String fresh = filters.ofBlocks("a");
    assertThat(filters.changes(fresh)).isEmpty();
    assertThat(filters.changes(asked)).isEmpty();
    assertThatThrownBy(() -> filters.changes(left)).hasMessageContaining("filter not found");
  }
}
