package dev.klay.client;

import dev.klay.core.call.CallResult;
import dev.klay.core.service.Await;
import dev.klay.core.service.BlockRef;
import dev.klay.crypto.primitive.Amount;
import java.math.BigInteger;

/** Tells before what work will cost: with a fixed price of gas to the peb, at any load. */
public final class CostModel {
  private final KlayClient client;

  CostModel(KlayClient client) {
    this.client = client;
  }

  /**
   * The sum of the fees that the work will be charged at today's price of gas.
   *
   * @throws Reverted if a call of it would fail
   */
  public Amount estimate(Workload work) {
    BigInteger gas = BigInteger.ZERO;
    for (Workload.Part part : work.parts()) {
      long each = part.gas().orElseGet(() -> gasOf(part));
      gas = gas.add(BigInteger.valueOf(each).multiply(BigInteger.valueOf(part.count())));
    }
    return Amount.peb(client.gasPrice().peb().toBigInteger().multiply(gas));
  }

  private long gasOf(Workload.Part part) {
    CallResult result = Await.of(client.service().call(part.call().orElseThrow(), BlockRef.LATEST));
    if (!result.isSuccess()) {
      throw Reverted.of(result);
    }
    return result.gasUsed();
  }
}
