package dev.klay.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.block.DeriveSha;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** A value for every parameter of a Klaytn chain, valid together. Immutable. */
public final class GovernanceParameters {
  /** Klaytn's defaults for private chains. */
  public static final GovernanceParameters DEFAULT = new GovernanceParameters(Map.of());

  private final Map<GovernanceKey, Object> values = new EnumMap<>(GovernanceKey.class);
  private final BaseFeeParameters baseFee;
  private final RewardRatio ratio;
  private final StakingRatio stakingRatio;

  private GovernanceParameters(Map<GovernanceKey, Object> named) {
    values.putAll(named);
    baseFee =
        new BaseFeeParameters(
            Amount.peb(number(GovernanceKey.LOWER_BOUND_BASE_FEE)),
            Amount.peb(number(GovernanceKey.UPPER_BOUND_BASE_FEE)),
            number(GovernanceKey.GAS_TARGET),
            number(GovernanceKey.MAX_BLOCK_GAS_USED),
            number(GovernanceKey.BASE_FEE_DENOMINATOR));
    ratio = RewardRatio.parse(text(GovernanceKey.RATIO));
    stakingRatio = StakingRatio.parse(text(GovernanceKey.KIP82_RATIO));
    String mode = text(GovernanceKey.GOVERNANCE_MODE);
    if (!Set.of("none", "single", "ballot").contains(mode)) {
      throw new InvalidGenesisException("governancemode is none, single or ballot, not " + mode);
    }
    ensurePositive(GovernanceKey.EPOCH);
    ensurePositive(GovernanceKey.COMMITTEE_SIZE);
    ensurePositive(GovernanceKey.STAKING_UPDATE_INTERVAL);
    ensurePositive(GovernanceKey.PROPOSER_UPDATE_INTERVAL);
    if (policy() > 2) {
      throw new InvalidGenesisException("istanbul.policy is 0, 1 or 2, not " + policy());
    }
  }

  private void ensurePositive(GovernanceKey key) {
    if (number(key) < 1) {
      throw new InvalidGenesisException(key.label() + " must be positive");
    }
  }

  /**
   * The same with values of a governance header or a genesis file in place of some.
   *
   * @throws InvalidGenesisException if one is malformed or they are not valid together
   */
  public GovernanceParameters with(Map<GovernanceKey, JsonNode> changes) {
    Map<GovernanceKey, Object> merged = new EnumMap<>(GovernanceKey.class);
    merged.putAll(values);
    changes.forEach((key, json) -> merged.put(key, read(key, json)));
    return new GovernanceParameters(merged);
  }

  /**
   * Refuses changes after which the parameters would not be valid together.
   *
   * @throws InvalidGenesisException naming what is wrong
   */
  public void ensureValidWith(Map<GovernanceKey, JsonNode> changes) {
    with(changes);
  }

  private static Object read(GovernanceKey key, JsonNode json) {
    try {
      return key.type().ofJson(json);
    } catch (DecodingException e) {
      throw new InvalidGenesisException(key.label() + ": " + e.getMessage(), e);
    }
  }

  /** The value of a parameter as governance data has it. */
  public JsonNode json(GovernanceKey key) {
    return key.type().toJson(value(key));
  }

  private Object value(GovernanceKey key) {
    Object named = values.get(key);
    return named == null ? key.defaultValue() : named;
  }

  /** The keys that were given a value, in the order of the enum. */
  public Set<GovernanceKey> named() {
    return Collections.unmodifiableSet(values.keySet());
  }

  private long number(GovernanceKey key) {
    return (Long) value(key);
  }

  private String text(GovernanceKey key) {
    return (String) value(key);
  }

  private boolean flag(GovernanceKey key) {
    return (Boolean) value(key);
  }

  /** Who may vote: none (everybody), single (the governing node) or ballot. */
  public String governanceMode() {
    return text(GovernanceKey.GOVERNANCE_MODE);
  }

  public Address governingNode() {
    return (Address) value(GovernanceKey.GOVERNING_NODE);
  }

  /** The fixed price of a unit of gas before Magma. */
  public Amount unitPrice() {
    return Amount.peb(number(GovernanceKey.UNIT_PRICE));
  }

  public DeriveSha deriveSha() {
    return DeriveSha.ofCode(number(GovernanceKey.DERIVE_SHA_IMPL));
  }

  /** Number of blocks between two points where voted changes are written down. */
  public long epoch() {
    return number(GovernanceKey.EPOCH);
  }

  /** 0 round robin, 1 sticky, 2 weighted random. */
  public long policy() {
    return number(GovernanceKey.POLICY);
  }

  public long committeeSize() {
    return number(GovernanceKey.COMMITTEE_SIZE);
  }

  /** Made with every block. */
  public Amount mintingAmount() {
    return Amount.peb((UInt256) value(GovernanceKey.MINTING_AMOUNT));
  }

  public RewardRatio ratio() {
    return ratio;
  }

  /** KIP-82's share of proposer and stakers in the validators' part. */
  public StakingRatio stakingRatio() {
    return stakingRatio;
  }

  /** Whether fees are paid at the end of the block rather than by each transaction. */
  public boolean deferredTxFee() {
    return flag(GovernanceKey.DEFERRED_TX_FEE);
  }

  public boolean useGiniCoefficient() {
    return flag(GovernanceKey.USE_GINI_COEFFICIENT);
  }

  /** In KLAY. */
  public UInt256 minimumStakeKlay() {
    return (UInt256) value(GovernanceKey.MINIMUM_STAKE);
  }

  public long stakingUpdateInterval() {
    return number(GovernanceKey.STAKING_UPDATE_INTERVAL);
  }

  public long proposerUpdateInterval() {
    return number(GovernanceKey.PROPOSER_UPDATE_INTERVAL);
  }

  public BaseFeeParameters baseFee() {
    return baseFee;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GovernanceParameters that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
