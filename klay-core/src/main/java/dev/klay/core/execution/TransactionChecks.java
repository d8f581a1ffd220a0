package dev.klay.core.execution;

import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyLegacy;
import dev.klay.core.account.KeyUpdateError;
import dev.klay.core.account.Role;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.state.StateView;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.SetCodeTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxType;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.InvalidSignatureException;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * The rules that a transaction must pass before it is executed, each on its own, so that a pool and
 * a block can ask in their own orders. Every check answers why not, or empty.
 */
public final class TransactionChecks {
  private static final int INIT_CODE_MAX = 49_152; // EIP-3860
  private static final long NONCE_MAX = -1; // unsigned
  private static final int RESERVED_LAST = 0x3ff;

  /** Klaytn's words for signatures that no key can have made. */
  private static final String INVALID_VALUES = "invalid transaction v, r, s values";

  private TransactionChecks() {}

  /** Whether the fork knows the type. */
  public static Optional<Rejection> type(TxType type, BlockRules rules) {
    return isSupported(type, rules)
        ? Optional.empty()
        : refuse(RejectionReason.UNSUPPORTED_TYPE, type.label());
  }

  /** Whether the fork knows the type, and the transaction is for this chain. */
  public static Optional<Rejection> chain(SignedTx signed, BlockRules rules) {
    Optional<Rejection> unknown = type(signed.type(), rules);
    if (unknown.isPresent()) {
      return unknown;
    }
    boolean foreign = signed.chainId().map(id -> id != rules.chainId()).orElse(false);
    if (foreign || !signed.isOneChain()) {
      return refuse(
          RejectionReason.INVALID_CHAIN_ID,
          "signed for " + signed.chainId().orElse(0L) + ", this is " + rules.chainId());
    }
    return Optional.empty();
  }

  private static boolean isSupported(TxType type, BlockRules rules) {
    return !type.isEthereumTyped()
        || rules.has(type == TxType.SET_CODE ? Fork.PRAGUE : Fork.ETH_TX_TYPE);
  }

  /** What a type asks of its fields and of the accounts it names (section 6). */
  public static Optional<Rejection> type(Tx tx, StateView state, BlockRules rules) {
    if (tx.to().filter(TransactionChecks::isReserved).isPresent() && !(tx instanceof ExecutionTx)) {
      return refuse(RejectionReason.RESERVED_ADDRESS, tx.to().orElseThrow().toString());
    }
    if (tx instanceof ValueTransferTx || tx instanceof MemoTx) {
      return checkOwned(tx.to().orElseThrow(), state, rules);
    }
    if (tx instanceof AccountUpdateTx update) {
      return checkKey(update, state, rules);
    }
    if (tx instanceof SetCodeTx setCode && setCode.authorizations().isEmpty()) {
      return Optional.of(Rejection.of(RejectionReason.NO_AUTHORIZATION));
    }
    if (tx instanceof DeployTx deploy) {
      return checkDeploy(deploy);
    }
    if (tx instanceof ExecutionTx) {
      Address to = tx.to().orElseThrow();
      boolean program = state.isContract(to) || rules.has(Fork.PRAGUE);
      return program && !state.code(to).isEmpty()
          ? Optional.empty()
          : refuse(RejectionReason.NOT_A_CONTRACT, to.toString());
    }
    return Optional.empty();
  }

  private static Optional<Rejection> checkOwned(Address to, StateView state, BlockRules rules) {
    if (rules.has(Fork.PRAGUE) && !state.code(to).isEmpty()) {
      return refuse(RejectionReason.RECIPIENT_HAS_CODE, to.toString());
    }
    return state.isContract(to)
        ? refuse(RejectionReason.RECIPIENT_IS_CONTRACT, to.toString())
        : Optional.empty();
  }

  private static Optional<Rejection> checkKey(
      AccountUpdateTx update, StateView state, BlockRules rules) {
    if (rules.has(Fork.PRAGUE) && !state.code(update.from()).isEmpty()) {
      return refuse(RejectionReason.SENDER_HAS_CODE, update.from().toString());
    }
    Optional<KeyUpdateError> error =
        state.isContract(update.from())
            ? Optional.of(KeyUpdateError.NOT_MODIFIABLE)
            : state.key(update.from()).checkReplaceable(update.key());
    return error.map(e -> new Rejection(RejectionReason.KEY_NOT_REPLACEABLE, e.message()));
  }

  private static Optional<Rejection> checkDeploy(DeployTx deploy) {
    if (deploy.to().isPresent()) {
      return refuse(RejectionReason.DEPLOY_HAS_RECIPIENT, deploy.to().orElseThrow().toString());
    }
    if (deploy.humanReadable()) {
      return Optional.of(Rejection.of(RejectionReason.HUMAN_READABLE));
    }
    return deploy.codeFormat() == 0
        ? Optional.empty()
        : refuse(RejectionReason.INVALID_CODE_FORMAT, Integer.toString(deploy.codeFormat()));
  }

  /** Whether the address is kept for precompiled contracts: 0x1 to 0x3ff. */
  public static boolean isReserved(Address address) {
    byte[] bytes = address.unsafeArray();
    for (int i = 0; i < Address.SIZE - 2; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    int number = (bytes[Address.SIZE - 2] & 0xff) << 8 | bytes[Address.SIZE - 1] & 0xff;
    return number > 0 && number <= RESERVED_LAST;
  }

  /** Whether the sender's account allows the sender's signatures. */
  public static Optional<Rejection> sender(SignedTx signed, StateView state, BlockRules rules) {
    if (signed.isImpersonated()) {
      return rules.impersonation()
          ? Optional.empty()
          : refuse(RejectionReason.INVALID_SENDER, "nobody signed; cheats are off on this chain");
    }
    try {
      List<PublicKey> signers = signed.signers();
      Address sender = signed.sender();
      AccountKey key = state.key(sender);
      if (signed.type().isEthereum()) {
        return key instanceof AccountKeyLegacy
            ? Optional.empty()
            : refuse(
                RejectionReason.INVALID_SENDER,
                "a legacy transaction must be with a legacy account key");
      }
      Role role = signed.tx() instanceof AccountUpdateTx ? Role.ACCOUNT_UPDATE : Role.TRANSACTION;
      return key.forRole(role).isSatisfiedBy(signers, sender, role, rules.has(Fork.ISTANBUL))
          ? Optional.empty()
          : refuse(RejectionReason.INVALID_SENDER, "invalid account key");
    } catch (InvalidSignatureException e) {
      return refuse(RejectionReason.INVALID_SENDER, INVALID_VALUES);
    }
  }

  /** Whether the fee payer's account allows its signatures, and the ratio is one. */
  public static Optional<Rejection> feePayer(SignedTx signed, StateView state, BlockRules rules) {
    if (signed.feePayer().isEmpty()) {
      return Optional.empty();
    }
    Address payer = signed.feePayer().orElseThrow();
    try {
      boolean allowed =
          state
              .key(payer)
              .forRole(Role.FEE_PAYER)
              .isSatisfiedBy(
                  signed.feePayerSigners(), payer, Role.FEE_PAYER, rules.has(Fork.ISTANBUL));
      if (!allowed) {
        return refuse(RejectionReason.INVALID_FEE_PAYER, "invalid account key");
      }
    } catch (InvalidSignatureException e) {
      return refuse(RejectionReason.INVALID_FEE_PAYER, INVALID_VALUES);
    }
    int ratio = FeeShare.payerPercent(signed.tx());
    return ratio < 1 || ratio > 100 || signed.type().hasFeeRatio() && ratio == 100
        ? refuse(RejectionReason.FEE_RATIO_OUT_OF_RANGE, Integer.toString(ratio))
        : Optional.empty();
  }

  /** The gas of checking all signatures; the keys are those of the accounts now. */
  public static long signatureGas(SignedTx signed, StateView state, BlockRules rules) {
    if (signed.type().isEthereum()) {
      return 0;
    }
    boolean istanbul = rules.has(Fork.ISTANBUL);
    Role role = signed.tx() instanceof AccountUpdateTx ? Role.ACCOUNT_UPDATE : Role.TRANSACTION;
    long gas = state.key(signed.sender()).validationGas(role, signed.signatures().size(), istanbul);
    if (signed.feePayer().isPresent()) {
      gas +=
          state
              .key(signed.feePayer().orElseThrow())
              .validationGas(Role.FEE_PAYER, signed.feePayerSignatures().size(), istanbul);
    }
    return gas;
  }

  /** Whether the gas limit covers what the transaction costs before it does anything. */
  public static Optional<Rejection> gas(SignedTx signed, StateView state, BlockRules rules) {
    long due = IntrinsicGas.due(signed.tx(), rules) + signatureGas(signed, state, rules);
    return gas(signed.tx().gas(), due);
  }

  /** Whether a gas limit covers what is due in any case. */
  public static Optional<Rejection> gas(long limit, long due) {
    return limit < due
        ? refuse(
            RejectionReason.INTRINSIC_GAS_TOO_LOW, "the limit is " + limit + ", " + due + " is due")
        : Optional.empty();
  }

  /** Whether init code is within its size limit (EIP-3860). */
  public static Optional<Rejection> initCode(Tx tx, BlockRules rules) {
    int size = tx.input().size();
    return rules.has(Fork.SHANGHAI) && IntrinsicGas.isCreation(tx) && size > INIT_CODE_MAX
        ? refuse(
            RejectionReason.INIT_CODE_TOO_LARGE, "code size " + size + ", limit " + INIT_CODE_MAX)
        : Optional.empty();
  }

  /**
   * Whether sender and fee payer own what the transaction can cost them.
   *
   * @param price of a unit of gas
   */
  public static Optional<Rejection> funds(SignedTx signed, StateView state, Amount price) {
    return funds(signed.tx(), signed.sender(), signed.payer(), state, price, signed.tx().gas());
  }

  /**
   * The same of a transaction that nobody has signed yet.
   *
   * @param gas limit, in place of the transaction's own
   */
  public static Optional<Rejection> funds(
      Tx tx, Address sender, Address payer, StateView state, Amount price, long gas) {
    boolean alone = sender.equals(payer);
    FeeShare shares;
    Amount ofSender;
    try {
      Amount fee = price.times(gas);
      shares = FeeShare.of(tx, fee);
      ofSender = (alone ? fee : shares.sender()).plus(tx.value());
    } catch (ArithmeticException e) {
      return refuse(RejectionReason.INSUFFICIENT_FUNDS, "the cost exceeds 256 bits");
    }
    if (!alone && state.balance(payer).isLessThan(shares.payer())) {
      return refuse(
          RejectionReason.INSUFFICIENT_FEE_PAYER_FUNDS,
          payer + " has " + state.balance(payer) + ", " + shares.payer() + " may be due");
    }
    return state.balance(sender).isLessThan(ofSender)
        ? refuse(
            RejectionReason.INSUFFICIENT_FUNDS,
            sender + " has " + state.balance(sender) + ", " + ofSender + " may be due")
        : Optional.empty();
  }

  /** Whether the nonce is the next of the sender. */
  public static Optional<Rejection> nonce(SignedTx signed, StateView state) {
    if (signed.tx().nonce() == NONCE_MAX) {
      return Optional.of(Rejection.of(RejectionReason.NONCE_AT_MAX)); // EIP-2681
    }
    long next = state.nonce(signed.sender());
    int order = Long.compareUnsigned(signed.tx().nonce(), next);
    if (order == 0) {
      return Optional.empty();
    }
    return refuse(
        order < 0 ? RejectionReason.NONCE_TOO_LOW : RejectionReason.NONCE_TOO_HIGH,
        "the nonce is "
            + Long.toUnsignedString(signed.tx().nonce())
            + ", next is "
            + Long.toUnsignedString(next));
  }

  private static Optional<Rejection> refuse(RejectionReason reason, String detail) {
    return Optional.of(new Rejection(reason, detail));
  }
}
