package dev.klay.client.faucet;

import dev.klay.client.KlayClient;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.FaucetRule;
import dev.klay.core.execution.RejectionReason;
import dev.klay.core.service.Await;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TransactionRejectedException;
import dev.klay.core.storage.TxLocation;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.List;
import java.util.Optional;

/**
 * Gives an address coins from the chain's faucet account, then makes it wait some blocks. Whether
 * an address must wait is read from the chain and its pool alone, so that a restart or another node
 * changes nothing.
 *
 * <p>At most one of many requests at once is paid: each reads the faucet's next nonce
 * <em>before</em> it looks for earlier drips. A drip it could not see then has the same nonce, and
 * a chain executes a nonce once; the request that lost looks again.
 */
public final class Faucet {
  private static final long GAS = 21_000;
  private static final int PAGE = 100;

  private final KlayClient client;
  private final ChainService service;
  private final FaucetRule rule;

  private Faucet(KlayClient client, FaucetRule rule) {
    this.client = client;
    this.service = client.service();
    this.rule = rule;
  }

  /**
   * The faucet of a client's chain.
   *
   * @throws UnsupportedOperationException if it has none
   */
  public static Faucet of(KlayClient client) {
    ChainSpec spec = client.info().spec();
    return new Faucet(
        client,
        spec.faucet()
            .orElseThrow(() -> new UnsupportedOperationException(spec.name() + " has no faucet")));
  }

  /** What a drip gives. */
  public Amount amount() {
    return rule.amount();
  }

  /** How many blocks the address must wait from the last block on; 0 if it would be paid now. */
  public long cooldown(Address address) {
    return waitsInPool(address) ? rule.cooldownBlocks() : sinceLastDrip(address);
  }

  /**
   * Pays the address and waits until that is final.
   *
   * @throws FaucetCooldownException if it was paid too short a while ago
   * @throws dev.klay.client.NotFinalException if the payment is not final in time
   */
  public Receipt drip(Address address) {
    while (true) {
      long nonce = Await.of(service.nonce(DevKeys.faucetAddress(), BlockRef.PENDING));
      long blocks = cooldown(address);
      if (blocks > 0) {
        throw new FaucetCooldownException(address, blocks);
      }
      Optional<Receipt> paid = pay(address, nonce);
      if (paid.isPresent()) {
        return paid.orElseThrow();
      }
    }
  }

  /** Empty if somebody else used the nonce. */
  private Optional<Receipt> pay(Address address, long nonce) {
    SignedTx tx;
    try (PrivateKey key = DevKeys.faucet()) {
      ValueTransferTx transfer =
          new ValueTransferTx(
              new TxHead(nonce, client.gasPrice(), GAS),
              FeeDelegation.NONE,
              key.address(),
              address,
              rule.amount());
      tx = SignedTx.sign(transfer, client.info().chainId(), key);
    }
    try {
      return Optional.of(client.send(tx));
    } catch (TransactionRejectedException e) {
      if (isNonceTaken(e.reason())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isNonceTaken(RejectionReason reason) {
    return reason == RejectionReason.SAME_NONCE
        || reason == RejectionReason.NONCE_TOO_LOW
        || reason == RejectionReason.ALREADY_KNOWN;
  }

  private boolean waitsInPool(Address address) {
    return Await.of(service.waiting(DevKeys.faucetAddress())).stream()
        .anyMatch(tx -> isDrip(tx, address));
  }

  /** Reads the address's history back to the first block that no longer matters. */
  private long sinceLastDrip(Address address) {
    long head = Await.of(service.height());
    Optional<TxLocation> before = Optional.empty();
    while (true) {
      List<Receipt> page = Await.of(service.history(address, before, PAGE));
      for (Receipt receipt : page) {
        long left = receipt.blockNumber() + rule.cooldownBlocks() - head;
        if (left <= 0) {
          return 0;
        }
        if (receipt.isSuccess() && isDrip(receipt.transaction(), address)) {
          return left;
        }
      }
      if (page.size() < PAGE) {
        return 0;
      }
      before = Optional.of(page.get(page.size() - 1).location());
    }
  }

  private boolean isDrip(SignedTx tx, Address address) {
    return tx.sender().equals(DevKeys.faucetAddress())
        && tx.tx().to().filter(address::equals).isPresent();
  }
}
