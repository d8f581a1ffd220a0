package dev.klay.core.transaction;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every transaction type that a chain may hold ({@code klaytn-transactions.md} section 1). A Klaytn
 * type's low two bits say who pays the fee; Ethereum's typed ones stand behind 0x78 on the wire.
 */
public enum TxType {
  LEGACY(0x00, "LegacyTransaction"),
  VALUE_TRANSFER(0x08, "ValueTransfer"),
  FEE_DELEGATED_VALUE_TRANSFER(0x09, "FeeDelegatedValueTransfer"),
  FEE_DELEGATED_VALUE_TRANSFER_WITH_RATIO(0x0a, "FeeDelegatedValueTransferWithRatio"),
  MEMO(0x10, "ValueTransferMemo"),
  FEE_DELEGATED_MEMO(0x11, "FeeDelegatedValueTransferMemo"),
  FEE_DELEGATED_MEMO_WITH_RATIO(0x12, "FeeDelegatedValueTransferMemoWithRatio"),
  ACCOUNT_UPDATE(0x20, "AccountUpdate"),
  FEE_DELEGATED_ACCOUNT_UPDATE(0x21, "FeeDelegatedAccountUpdate"),
  FEE_DELEGATED_ACCOUNT_UPDATE_WITH_RATIO(0x22, "FeeDelegatedAccountUpdateWithRatio"),
  DEPLOY(0x28, "SmartContractDeploy"),
  FEE_DELEGATED_DEPLOY(0x29, "FeeDelegatedSmartContractDeploy"),
  FEE_DELEGATED_DEPLOY_WITH_RATIO(0x2a, "FeeDelegatedSmartContractDeployWithRatio"),
  EXECUTION(0x30, "SmartContractExecution"),
  FEE_DELEGATED_EXECUTION(0x31, "FeeDelegatedSmartContractExecution"),
  FEE_DELEGATED_EXECUTION_WITH_RATIO(0x32, "FeeDelegatedSmartContractExecutionWithRatio"),
  CANCEL(0x38, "Cancel"),
  FEE_DELEGATED_CANCEL(0x39, "FeeDelegatedCancel"),
  FEE_DELEGATED_CANCEL_WITH_RATIO(0x3a, "FeeDelegatedCancelWithRatio"),
  ANCHORING(0x48, "ChainDataAnchoring"),
  FEE_DELEGATED_ANCHORING(0x49, "FeeDelegatedChainDataAnchoring"),
  FEE_DELEGATED_ANCHORING_WITH_RATIO(0x4a, "FeeDelegatedChainDataAnchoringWithRatio"),
  ACCESS_LIST(0x7801, "EthereumAccessList"),
  DYNAMIC_FEE(0x7802, "EthereumDynamicFee"),
  /** EIP-7702, from Prague on. Type 0x7803 in between, which carries blobs, is refused. */
  SET_CODE(0x7804, "EthereumSetCode");

  /** By number; asked for on every path of a transaction. */
  private static final Map<Integer, TxType> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TxType::code, t -> t));

  private final int code;
  private final String label;

  TxType(int code, String suffix) {
    this.code = code;
    this.label = "TxType" + suffix;
  }

  /** The type with this number, empty if there is none that a chain may hold. */
  public static Optional<TxType> ofCode(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** The type's number, 16 bits; JSON's {@code typeInt}. */
  public int code() {
    return code;
  }

  /** Klaytn's name of the type; JSON's {@code type}. */
  public String label() {
    return label;
  }

  /** Whether it stands behind 0x78: Ethereum's types 1, 2 and 4. */
  public boolean isEthereumTyped() {
    return code > 0xff;
  }

  /** Legacy and Ethereum's typed ones: one signature, whose key must be the account's own. */
  public boolean isEthereum() {
    return this == LEGACY || isEthereumTyped();
  }

  /** Whether somebody else may pay the fee, whole or in part. */
  public boolean isFeeDelegated() {
    return !isEthereumTyped() && (code & 3) != 0;
  }

  /** Whether sender and fee payer share the fee. */
  public boolean hasFeeRatio() {
    return !isEthereumTyped() && (code & 2) != 0;
  }

  /** The type of the same kind with this fee delegation; Klaytn's kinds only. */
  TxType with(FeeDelegation delegation) {
    return ofCode(code & ~3 | delegation.typeBits()).orElseThrow();
  }
}
