package dev.klay.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.account.AccountKeyWeightedMultiSig;
import dev.klay.core.account.Role;
import dev.klay.core.account.WeightedKey;
import dev.klay.core.config.BaseFeeParameters;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.GovernanceKey;
import dev.klay.core.config.GovernanceParameters;
import dev.klay.core.conformance.SkippedVectors;
import dev.klay.core.transaction.AccessList;
import dev.klay.core.transaction.AccessListTx;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.AnchoringTx;
import dev.klay.core.transaction.CancelTx;
import dev.klay.core.transaction.DeployTx;
import dev.klay.core.transaction.DynamicFeeTx;
import dev.klay.core.transaction.ExecutionTx;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.LegacyTx;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.SetCodeTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.KlayUnit;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gas, fee shares, base fee and block rewards. Types that no chain of ours holds are skipped. */
@Tag("conformance")
class FeeVectorsTest {
  private static final Address SOMEBODY =
      Address.parse("0x00000000000000000000000000000000000abcde");
  private static final TxHead HEAD = new TxHead(0, Amount.ston(25), 1_000_000);

  @Test
  void gasAndFees() {
    JsonNode vectors = Vectors.merged("klaytn", "gas");
    try (Tally tally = new Tally("klaytn-gas")) {
      for (JsonNode vector : vectors.path("intrinsicGasCases")) {
        tally.run(vector.toString(), () -> checkIntrinsic(vector));
      }
      for (Map.Entry<String, JsonNode> row : vectors.path("intrinsicGasTable").properties()) {
        if (SkippedVectors.reason("klaytn-gas", row.getKey()).isPresent()) {
          tally.skip();
        } else {
          tally.run(row.toString(), () -> checkRow(row.getKey(), row.getValue()));
        }
      }
      for (JsonNode vector : vectors.path("signatureValidationGas")) {
        tally.run(vector.toString(), () -> checkSignatureGas(vector));
      }
      for (JsonNode vector : vectors.path("feeRatio")) {
        tally.run(vector.toString(), () -> checkRatio(vector));
      }
      for (JsonNode vector : vectors.path("baseFee")) {
        tally.run(vector.toString(), () -> checkBaseFee(vector));
      }
      for (JsonNode vector : vectors.path("baseFeeSequences")) {
        tally.run(vector.toString(), () -> checkSequence(vector));
      }
    }
  }

  private static void checkIntrinsic(JsonNode vector) {
    Tx tx =
        tx(
            vector.get("type").asText(),
            false,
            vector.get("inputLength").asInt(),
            vector.get("newKeys").asInt());
    assertThat(IntrinsicGas.of(tx, istanbul())).isEqualTo(vector.get("gasUsed").asLong());
  }

  private static void checkRow(String type, JsonNode row) {
    long base = row.get("base").asLong();
    long perByte = row.get("perInputByte").asLong();
    assertThat(IntrinsicGas.of(tx(type, false, 0, 0), istanbul())).isEqualTo(base);
    assertThat(IntrinsicGas.of(tx(type, false, 7, 0), istanbul())).isEqualTo(base + 7 * perByte);
    if (row.has("creationBase")) {
      assertThat(IntrinsicGas.of(tx(type, true, 0, 0), istanbul()))
          .isEqualTo(row.get("creationBase").asLong());
    }
  }

  private static BlockRules istanbul() {
    return rules(ForkSchedule.allFromGenesis(Fork.ISTANBUL), GovernanceParameters.DEFAULT);
  }

  private static BlockRules rules(ForkSchedule forks, GovernanceParameters parameters) {
    return new BlockRules(1, 1, forks, parameters, parameters, true);
  }

  private static Tx tx(String type, boolean creation, int inputLength, int newKeys) {
    Bytes input = Bytes.wrap(new byte[inputLength]);
    Optional<Address> to = creation ? Optional.empty() : Optional.of(SOMEBODY);
    FeeDelegation delegation =
        type.endsWith("WithRatio")
            ? FeeDelegation.ratio(30)
            : type.contains("FeeDelegated") ? FeeDelegation.FULL : FeeDelegation.NONE;
    String kind = type.replace("TxType", "").replace("FeeDelegated", "").replace("WithRatio", "");
    return switch (kind) {
      case "LegacyTransaction" -> new LegacyTx(HEAD, to, Amount.ZERO, input);
      case "EthereumAccessList" ->
          new AccessListTx(1, HEAD, to, Amount.ZERO, input, AccessList.EMPTY);
      case "EthereumSetCode" ->
          new SetCodeTx(
              1,
              0,
              HEAD.gasPrice(),
              HEAD.gasPrice(),
              HEAD.gas(),
              SOMEBODY,
              Amount.ZERO,
              input,
              AccessList.EMPTY,
              List.of());
      case "EthereumDynamicFee" ->
          new DynamicFeeTx(
              1,
              0,
              HEAD.gasPrice(),
              HEAD.gasPrice(),
              HEAD.gas(),
              to,
              Amount.ZERO,
              input,
              AccessList.EMPTY);
      case "ValueTransfer" ->
          new ValueTransferTx(HEAD, delegation, SOMEBODY, SOMEBODY, Amount.ZERO);
      case "ValueTransferMemo" ->
          new MemoTx(HEAD, delegation, SOMEBODY, SOMEBODY, Amount.ZERO, input);
      case "AccountUpdate" -> new AccountUpdateTx(HEAD, delegation, SOMEBODY, keys(newKeys));
      case "SmartContractDeploy" ->
          new DeployTx(HEAD, delegation, SOMEBODY, Optional.empty(), Amount.ZERO, input, false, 0);
      case "SmartContractExecution" ->
          new ExecutionTx(HEAD, delegation, SOMEBODY, SOMEBODY, Amount.ZERO, input);
      case "Cancel" -> new CancelTx(HEAD, delegation, SOMEBODY);
      case "ChainDataAnchoring" -> new AnchoringTx(HEAD, delegation, SOMEBODY, input);
      default -> throw new AssertionError("a type that is not known here: " + type);
    };
  }

  private static AccountKey keys(int count) {
    if (count == 0) {
      return AccountKey.LEGACY;
    }
    return count == 1 ? new AccountKeyPublic(key(1).key()) : multisig(count);
  }

  private static WeightedKey key(int number) {
    byte[] seed = ("key " + number).getBytes(StandardCharsets.UTF_8);
    try (PrivateKey key = PrivateKey.of(Keccak256.hash(seed).toArray())) {
      return new WeightedKey(1, key.publicKey());
    }
  }

  private static AccountKey multisig(int keys) {
    return new AccountKeyWeightedMultiSig(
        1, LongStream.range(0, keys).mapToObj(i -> key((int) i)).toList());
  }

  private static void checkSignatureGas(JsonNode vector) {
    AccountKey key =
        switch (vector.get("key").asText()) {
          case "AccountKeyLegacy" -> AccountKey.LEGACY;
          case "AccountKeyFail" -> AccountKey.FAIL;
          case "AccountKeyPublic" -> keys(1);
          default -> multisig(vector.get("keys").asInt());
        };
    int signatures = vector.path("signatures").asInt(1);
    boolean istanbul = vector.path("istanbul").asBoolean(true);
    assertThat(key.validationGas(Role.TRANSACTION, signatures, istanbul))
        .isEqualTo(vector.get("gas").asLong());
  }

  private static void checkRatio(JsonNode vector) {
    try (PrivateKey key = PrivateKey.of(Keccak256.hash(new byte[1]).toArray())) {
      FeeDelegation ratio = FeeDelegation.ratio(vector.get("feeRatio").asInt());
      ValueTransferTx tx = new ValueTransferTx(HEAD, ratio, key.address(), SOMEBODY, Amount.ZERO);
      SignedTx signed = SignedTx.signDelegated(tx, 1, List.of(key), SOMEBODY, List.of(key));
      FeeShare share = FeeShare.of(signed.tx(), peb(vector, "fee"));
      assertThat(share.payer()).isEqualTo(peb(vector, "feePayerPays"));
      assertThat(share.sender()).isEqualTo(peb(vector, "senderPays"));
    }
  }

  private static void checkBaseFee(JsonNode vector) {
    BaseFeeParameters parameters =
        new BaseFeeParameters(
            peb(vector, "lower"),
            peb(vector, "upper"),
            vector.get("target").asLong(),
            vector.get("maxGas").asLong(),
            vector.get("denominator").asLong());
    Amount next =
        vector.path("parentNumber").asLong() == 0 || vector.path("parentBaseFee").isNull()
            ? parameters.first()
            : parameters.next(peb(vector, "parentBaseFee"), vector.get("parentGasUsed").asLong());
    assertThat(next).isEqualTo(peb(vector, "next"));
  }

  private static void checkSequence(JsonNode vector) {
    String[] until = vector.get("until").asText().split(" ");
    Amount bound = Amount.parse(until[1], KlayUnit.PEB);
    Amount fee = peb(vector, "startBaseFee");
    int blocks = 0;
    while (!reached(until[0], fee.compareTo(bound))) {
      fee = BaseFeeParameters.DEFAULT.next(fee, vector.get("gasUsedEveryBlock").asLong());
      blocks++;
    }
    assertThat(blocks).isEqualTo(vector.get("blocks").asInt());
  }

  private static boolean reached(String operator, int order) {
    return operator.equals(">") ? order > 0 : operator.equals("<") ? order < 0 : order == 0;
  }

  @Test
  void blockRewards() {
    JsonNode vectors = Vectors.merged("klaytn", "block-reward");
    try (Tally tally = new Tally("klaytn-block-reward")) {
      for (JsonNode vector : vectors.path("cases")) {
        tally.run(vector.get("name").asText(), () -> checkReward(vector));
      }
    }
  }

  private static void checkReward(JsonNode vector) {
    JsonNode inputs = vector.get("inputs");
    Map<GovernanceKey, JsonNode> named = new EnumMap<>(GovernanceKey.class);
    named.put(GovernanceKey.MINTING_AMOUNT, inputs.get("mintingAmount"));
    named.put(GovernanceKey.RATIO, inputs.get("ratio"));
    named.put(GovernanceKey.KIP82_RATIO, inputs.get("kip82ratio"));
    named.put(GovernanceKey.MINIMUM_STAKE, inputs.get("minimumStake"));
    named.put(GovernanceKey.DEFERRED_TX_FEE, inputs.get("deferredTxFee"));
    named.put(
        GovernanceKey.POLICY, JsonNodeFactory.instance.numberNode(inputs.get("policy").asLong()));
    List<StakingInfo.Staker> stakers = new ArrayList<>();
    for (JsonNode stake : inputs.path("stakes")) {
      stakers.add(
          new StakingInfo.Staker(
              named(stake.get("rewardAddr").asText()),
              UInt256.of(stake.get("stakedKLAY").asLong()),
              List.of()));
    }
    Fork last =
        vector.get("kore").asBoolean()
            ? Fork.KORE
            : vector.get("magma").asBoolean() ? Fork.MAGMA : Fork.ISTANBUL;
    BlockReward reward =
        BlockReward.of(
            rules(ForkSchedule.allFromGenesis(last), GovernanceParameters.DEFAULT.with(named)),
            peb(vector, "totalFee"),
            named("proposer"),
            new StakingInfo(Optional.of(named("kff")), Optional.of(named("kcf")), stakers));
    JsonNode expected = vector.get("expected");
    assertThat(reward.minted()).isEqualTo(peb(expected, "minted"));
    assertThat(reward.burnt()).isEqualTo(peb(expected, "burntFee"));
    assertThat(reward.proposer()).isEqualTo(peb(expected, "proposer"));
    assertThat(reward.stakers()).isEqualTo(peb(expected, "stakers"));
    assertThat(reward.firstFund()).isEqualTo(peb(expected, "kff"));
    assertThat(reward.secondFund()).isEqualTo(peb(expected, "kcf"));
    for (Map.Entry<String, JsonNode> entry : expected.get("rewards").properties()) {
      assertThat(reward.payments().get(named(entry.getKey())))
          .as(entry.getKey())
          .isEqualTo(Amount.parse(entry.getValue().asText(), KlayUnit.PEB));
    }
    assertThat(reward.payments()).hasSize(expected.get("rewards").size());
  }

  private static Address named(String name) {
    return Address.fromHash(Keccak256.hash(name.getBytes(StandardCharsets.UTF_8)));
  }

  private static Amount peb(JsonNode node, String field) {
    return Amount.parse(node.get(field).asText(), KlayUnit.PEB);
  }
}
