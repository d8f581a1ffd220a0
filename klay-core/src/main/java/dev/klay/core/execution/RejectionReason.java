package dev.klay.core.execution;

/**
 * Why a transaction cannot be taken. A stable name for programs, and the words that Klaytn nodes
 * use for people and tools.
 */
public enum RejectionReason {
  UNSUPPORTED_TYPE("transaction type not supported"),
  ANCHORING_NOT_ALLOWED("locally anchoring chaindata tx is not allowed in this node"),
  INIT_CODE_TOO_LARGE("max initcode size exceeded"),
  INVALID_CHAIN_ID("invalid chain id"),
  INVALID_UNIT_PRICE("invalid unit price"),
  INVALID_TIP_CAP("invalid gas tip cap. It must be set to the same value as gas unit price"),
  INVALID_FEE_CAP("invalid gas fee cap. It must be set to the same value as gas unit price"),
  /** Klaytn's words are the wrong way round. */
  TIP_ABOVE_FEE_CAP("max fee per gas higher than max priority fee per gas"),
  PRICE_BELOW_BASE_FEE(
      "invalid gas price. It must be set to value greater than or equal to baseFee"),
  OVERSIZED("oversized data"),
  INVALID_SENDER("invalid sender"),
  INVALID_FEE_PAYER("invalid fee payer"),
  FEE_RATIO_OUT_OF_RANGE("fee ratio is out of range [1, 99]"),
  NONCE_TOO_LOW("nonce too low"),
  NONCE_TOO_HIGH("nonce too high"),
  NONCE_AT_MAX("nonce has max value"),
  INSUFFICIENT_FUNDS("insufficient funds of the sender for value "),
  INSUFFICIENT_FEE_PAYER_FUNDS("insufficient funds of the fee payer for gas * price"),
  INTRINSIC_GAS_TOO_LOW("intrinsic gas too low"),
  GAS_OVERFLOW("gas uint64 overflow"),
  RESERVED_ADDRESS("the address is reserved for pre-compiled contracts"),
  RECIPIENT_IS_CONTRACT("this type transaction cannot be sent to contract addresses"),
  RECIPIENT_HAS_CODE("recipient must be an EOA without code"),
  SENDER_HAS_CODE("sender must be an EOA without code"),
  NO_AUTHORIZATION("set code transaction with an empty authorization list"),
  NOT_A_CONTRACT("not a program account (e.g., an account having code and storage)"),
  DEPLOY_HAS_RECIPIENT("contract deploy transaction can't have a recipient address"),
  HUMAN_READABLE("Human-readable address is not supported now"),
  INVALID_CODE_FORMAT("smart contract code format is invalid"),
  KEY_NOT_REPLACEABLE("account key cannot be replaced"),
  // Of a pool alone:
  ALREADY_KNOWN("already known transaction"),
  SAME_NONCE("there is another tx which has the same nonce in the tx pool"),
  ACCOUNT_LIMIT("too many transactions of the sender are waiting"),
  POOL_FULL("txpool is full"),
  POOL_FULL_WITHOUT_GAP("txpool is full and the new tx does not have missing nonce"),
  READ_ONLY("the chain is only read here, nobody continues it"),
  CLOSED("the node is closed");

  private final String message;

  RejectionReason(String message) {
    this.message = message;
  }

  /** Klaytn's words. */
  public String message() {
    return message;
  }
}
