package dev.klay.core.evm;

import dev.klay.core.account.AccountKeyLegacy;
import dev.klay.core.account.Code;
import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.List;

/**
 * Carries out a transaction's authorizations (EIP-7702); those that do not hold are passed over.
 */
final class Delegations {
  /** Given back for an authority that exists: 25,000 was charged for a new account. */
  private static final long REFUND = 12_500;

  private final EvmRules rules;
  private final StateUpdater state;
  private final UInt256 chainId;

  Delegations(EvmRules rules, StateUpdater state, long chainId) {
    this.rules = rules;
    this.state = state;
    this.chainId = UInt256.of(chainId);
  }

  /** Returns the refund. */
  long apply(List<Authorization> authorizations) {
    long refund = 0;
    for (Authorization authorization : authorizations) {
      boolean isOurs = authorization.chainId().isZero() || authorization.chainId().equals(chainId);
      if (isOurs && authorization.nonce() != -1 && authorization.authority().isPresent()) {
        refund += apply(authorization, authorization.authority().orElseThrow());
      }
    }
    return refund;
  }

  private long apply(Authorization authorization, Address authority) {
    state.markWarm(authority);
    Code code = state.code(authority);
    boolean replaceable = code.isEmpty() || Delegation.target(code.bytes()).isPresent();
    boolean ownsKey = !rules.klaytn || state.key(authority) instanceof AccountKeyLegacy;
    if (!replaceable || !ownsKey || state.nonce(authority) != authorization.nonce()) {
      return 0;
    }
    long refund = state.exists(authority) ? REFUND : 0;
    Bytes designator =
        authorization.target().equals(Address.ZERO)
            ? Bytes.EMPTY
            : Delegation.to(authorization.target());
    state.setCode(
        authority, designator.isEmpty() ? Code.EMPTY : Code.of(designator, rules.codeInfo));
    state.setNonce(authority, authorization.nonce() + 1);
    return refund;
  }
}
