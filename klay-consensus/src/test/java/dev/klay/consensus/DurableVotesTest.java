package dev.klay.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.Receipt;
import dev.klay.core.storage.Storage;
import dev.klay.core.storage.StoreLockedException;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on disk goes on where it was, with its votes. */
class DurableVotesTest {
  private static KlayNode start(Path directory) {
    return KlayNode.of(ChainSpec.development()).storage(Storage.directory(directory)).start();
  }

  private static Receipt pay(KlayNode node, PrivateKey faucet, long nonce) {
    ChainService chain = node.service();
    SignedTx tx =
        SignedTx.sign(
            new ValueTransferTx(
                new TxHead(nonce, Amount.ston(25), 21_000),
                FeeDelegation.NONE,
                faucet.address(),
                DevKeys.validatorAddresses(1).get(0),
                Amount.klay(1)),
            ChainSpec.ASPEN_CHAIN_ID,
            faucet);
    return chain.submit(tx).thenCompose(chain::awaitFinal).join();
  }

  @Test
  void aSoleValidatorGoesOnAloneAfterARestart(@TempDir Path parent) {
    Path directory = parent.resolve("chain");
    try (PrivateKey faucet = DevKeys.faucet()) {
      try (KlayNode node = start(directory)) {
        assertThat(pay(node, faucet, 0).blockNumber()).isPositive();
      }
      try (KlayNode again = start(directory)) {
        long head = again.head().number();
        assertThat(head).isPositive();
        assertThat(pay(again, faucet, 1).blockNumber()).isGreaterThan(head);
      }
      assertThat(Files.exists(parent.resolve("chain.votes"))).isTrue();
      assertThat(Files.exists(parent.resolve("chain.incarnation"))).isTrue();
    }
  }

  @Test
  void aSecondNodeOnTheSameDirectoryIsRefused(@TempDir Path parent) {
    Path directory = parent.resolve("chain");
    try (KlayNode node = start(directory)) {
      assertThat(node.head().number()).isZero();
      assertThatThrownBy(() -> start(directory)).isInstanceOf(StoreLockedException.class);
    }
  }
}
