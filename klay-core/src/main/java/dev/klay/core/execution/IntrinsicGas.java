package dev.klay.core.execution;

import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.EthereumTypedTx;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.SetCodeTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Bytes;

/**
 * The gas that a transaction costs whatever it does, signatures aside ({@code klaytn-fees.md}
 * section 1).
 */
public final class IntrinsicGas {
  private static final long TRANSACTION = 21_000;
  private static final long CREATION = 53_000;
  private static final long FEE_DELEGATION = 10_000;
  private static final long FEE_RATIO = 15_000;
  private static final long PAYLOAD_BYTE = 100;
  private static final long INIT_CODE_WORD = 2; // EIP-3860
  private static final long ACCESSED_ADDRESS = 2_400; // EIP-2930
  private static final long ACCESSED_SLOT = 1_900; // EIP-2930
  private static final long AUTHORIZATION = 25_000; // EIP-7702
  private static final long FLOOR_TOKEN = 10; // EIP-7623

  private IntrinsicGas() {}

  /** The intrinsic gas; the sizes that decoding allows cannot overflow it. */
  public static long of(Tx tx, BlockRules rules) {
    return base(tx) + payload(tx, rules) + keyCreation(tx) + accessList(tx) + authorizations(tx);
  }

  /** What the transaction uses at least from Prague on, signatures aside (EIP-7623); else zero. */
  public static long floor(Tx tx, BlockRules rules) {
    if (!rules.has(Fork.PRAGUE)) {
      return 0;
    }
    long zeros = zeros(tx.input());
    long tokens = zeros + 4 * (tx.input().size() - zeros);
    long type = tx.type().isEthereum() ? TRANSACTION : base(tx);
    return type + FLOOR_TOKEN * tokens;
  }

  private static long base(Tx tx) {
    long gas = isCreation(tx) ? CREATION : TRANSACTION;
    if (tx.type().hasFeeRatio()) {
      return gas + FEE_RATIO;
    }
    return tx.type().isFeeDelegated() ? gas + FEE_DELEGATION : gas;
  }

  /** Whether the transaction creates a contract. */
  public static boolean isCreation(Tx tx) {
    return tx instanceof DeployTx || tx.type().isEthereum() && tx.to().isEmpty();
  }

  private static long payload(Tx tx, BlockRules rules) {
    Bytes input = tx.input();
    if (input.isEmpty() || !tx.type().isEthereum() && !chargesInput(tx)) {
      return 0;
    }
    long gas;
    if (rules.has(Fork.PRAGUE)) {
      gas = perByte(input, 4, 16);
    } else if (tx.type().isEthereum() && !rules.has(Fork.ISTANBUL)) {
      gas = perByte(input, 4, 68);
    } else {
      gas = PAYLOAD_BYTE * input.size();
    }
    if (isCreation(tx) && rules.has(Fork.SHANGHAI)) {
      gas += INIT_CODE_WORD * ((input.size() + 31L) / 32);
    }
    return gas;
  }

  private static boolean chargesInput(Tx tx) {
    return tx instanceof MemoTx
        || tx instanceof DeployTx
        || tx instanceof ExecutionTx
        || tx instanceof AnchoringTx;
  }

  private static long perByte(Bytes input, long zero, long other) {
    long zeros = zeros(input);
    return zero * zeros + other * (input.size() - zeros);
  }

  private static long zeros(Bytes input) {
    long zeros = 0;
    for (byte b : input.unsafeArray()) {
      zeros += b == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static long keyCreation(Tx tx) {
    return tx instanceof AccountUpdateTx update ? update.key().creationGas() : 0;
  }

  /** The access list of a transaction, empty for the types that have none. */
  static AccessList accessListOf(Tx tx) {
    return tx instanceof EthereumTypedTx typed ? typed.accessList() : AccessList.EMPTY;
  }

  private static long accessList(Tx tx) {
    AccessList list = accessListOf(tx);
    return ACCESSED_ADDRESS * list.entries().size() + ACCESSED_SLOT * list.storageKeyCount();
  }

  private static long authorizations(Tx tx) {
    return tx instanceof SetCodeTx setCode ? AUTHORIZATION * setCode.authorizations().size() : 0;
  }
}
