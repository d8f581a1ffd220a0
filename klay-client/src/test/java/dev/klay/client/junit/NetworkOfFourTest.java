package dev.klay.client.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.Account;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Amount;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several validators and a ranger, with tests that may run beside each other. */
@KlayTest(consensusNodes = 4, rangers = 1)
@Execution(ExecutionMode.CONCURRENT)
class NetworkOfFourTest {
  @RepeatedTest(10)
  void everyTestHasItsOwnChain(KlayNetwork net, @Funded("1000") Account alice, Account bob) {
    assertThat(net.nodes()).hasSize(4);
    for (int i = 1; i <= 3; i++) {
      Receipt paid = alice.send(bob.address(), Amount.klay(1));
      assertThat(paid.blockNumber()).isEqualTo(i);
      assertThat(paid.finality().verify(net.service().info().spec().validators())).isTrue();
    }
    assertThat(bob.balance()).isEqualTo(Amount.klay(3));
  }
}
