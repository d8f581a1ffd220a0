package dev.klay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.client.faucet.FaucetCooldownException;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FaucetTest {
  private static final Address ME = Address.parse("0x00000000000000000000000000000000000abcde");

  @Tag("S28")
  @Tag("S29")
  @Test
  void aDripIsAThousandKlayThenNineHundredBlocksOfWaiting() {
    try (KlayChain chain = KlayChain.inMemory()) {
      KlayClient client = chain.client();
      Receipt first = client.faucet().drip(ME);
      assertThat(client.balance(ME)).isEqualTo(Amount.klay(1000));
      assertThat(client.faucet().cooldown(ME)).isEqualTo(900);

      growTo(chain, first.blockNumber() + 899);
      assertThatThrownBy(() -> client.faucet().drip(ME))
          .isInstanceOfSatisfying(
              FaucetCooldownException.class, e -> assertThat(e.blocks()).isEqualTo(1))
          .hasMessageContaining("Cooldown(1 block)");

      growTo(chain, first.blockNumber() + 900);
      assertThat(KlayClient.of(chain).faucet().drip(ME).isSuccess()).isTrue();
      assertThat(client.balance(ME)).isEqualTo(Amount.klay(2000));
    }
  }

  /** Makes blocks, with transfers to the waiting address that must not hide the drip. */
  private static void growTo(KlayChain chain, long height) {
    Account other = chain.account(1);
    while (chain.client().height() < height) {
      other.send(ME, Amount.ZERO);
    }
  }

  @Tag("S29")
  @Test
  void ofManyRequestsAtOnceThroughAllNodesOneIsPaid() {
    ChainSpec spec = ChainSpec.aspen().withValidators(4).withBlockPeriod(Duration.ofMillis(50));
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(2).start()) {
      List<KlayClient> doors =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      KlayClient.of(
                          i % 2 == 0 ? network.node(i / 2 % 4) : network.rangers().get(i / 2 % 2)))
              .toList();
      Set<Hash> paid = ConcurrentHashMap.newKeySet();
      AtomicInteger answered = new AtomicInteger();
      List<Thread> threads =
          doors.stream()
              .map(
                  door ->
                      new Thread(
                          () -> {
                            try {
                              paid.add(door.faucet().drip(ME).hash());
                              answered.incrementAndGet();
                            } catch (FaucetCooldownException e) {
                              answered.incrementAndGet();
                            }
                          }))
              .toList();
      threads.forEach(Thread::start);
      threads.forEach(FaucetTest::join);
      // Requests that made the very same transaction at once share its receipt.
      assertThat(paid).hasSize(1);
      assertThat(answered).hasValue(12);
      assertThat(KlayClient.of(network).balance(ME)).isEqualTo(Amount.klay(1000));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
