package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Hardhat, Foundry and their users call on a development network. */
class DevMethodsTest {
  private static final String SOMEBODY = "0x5500000000000000000000000000000000000001";
  private static final String CONTRACT = "0x5500000000000000000000000000000000000002";

  private final PrivateKey faucet = DevKeys.faucet();
  private final KlayNetwork network =
      KlayNetwork.of(ChainSpec.development())
          .rangers(0)
          .cheats()
          .unlocked(new UnlockedAccounts(List.of(faucet)))
          .start();

  @AfterEach
  void close() {
    network.close();
    faucet.close();
  }

  private String call(String method, String params) {
    return network.rpc().call(method, params).join();
  }

  private String send(String from, String value) {
    return call(
        "eth_sendTransaction",
        "[{\"from\":\"" + from + "\",\"to\":\"" + CONTRACT + "\",\"value\":\"" + value + "\"}]");
  }

  private String balance(String account) {
    return call("eth_getBalance", "[\"" + account + "\",\"latest\"]");
  }

  @Test
  void snapshotsAreRevertedToMoreThanOnce() {
    String first = call("evm_snapshot", "[]");
    assertThat(first).isEqualTo("\"0x1\"");
    for (int i = 0; i < 3; i++) {
      send(faucet.address().toHex(), "0x5");
      assertThat(balance(CONTRACT)).isEqualTo("\"0x5\"");
      assertThat(call("evm_revert", "[" + first + "]")).isEqualTo("true");
      assertThat(balance(CONTRACT)).isEqualTo("\"0x0\"");
    }
    assertThat(call("evm_revert", "[\"0x77\"]")).isEqualTo("false");
  }

  @Test
  void theReceiptIsThereWhenATransactionIsAnswered() {
    String hash = send(faucet.address().toHex(), "0x1");
    assertThat(call("eth_getTransactionReceipt", "[" + hash + "]")).contains("\"status\":\"0x1\"");
    assertThat(call("eth_blockNumber", "[]")).isEqualTo("\"0x1\"");
  }

  @Test
  void withoutAutomineTransactionsAreAnsweredAtOnceAndMinedByHand() {
    assertThat(call("hardhat_getAutomine", "[]")).isEqualTo("true");
    call("evm_setAutomine", "[false]");
    String hash = send(faucet.address().toHex(), "0x1");
    assertThat(call("eth_getTransactionReceipt", "[" + hash + "]")).isEqualTo("null");
    call("evm_mine", "[]");
    assertThat(call("eth_getTransactionReceipt", "[" + hash + "]")).contains("\"status\":\"0x1\"");
    String dropped = send(faucet.address().toHex(), "0x2");
    assertThat(call("hardhat_dropTransaction", "[" + dropped + "]")).isEqualTo("true");
    call("hardhat_mine", "[\"0x3\"]");
    assertThat(call("eth_blockNumber", "[]")).isEqualTo("\"0x4\"");
    assertThat(call("eth_getTransactionByHash", "[" + dropped + "]")).isEqualTo("null");
  }

  @Test
  void timeMovesBySecondsUnderstoodInEveryNotation() {
    call("evm_mine", "[]"); // the genesis is of 2018
    long before = timestamp();
    assertThat(call("evm_increaseTime", "[3600]")).startsWith("36");
    call("evm_increaseTime", "[\"0xe10\"]");
    call("evm_mine", "[]");
    assertThat(timestamp()).isBetween(before + 7200, before + 7400);
    long exactly = timestamp() + 1_000_000;
    assertThat(call("evm_setNextBlockTimestamp", "[" + exactly + "]"))
        .isEqualTo("\"" + exactly + "\"");
    send(faucet.address().toHex(), "0x1");
    assertThat(timestamp()).isEqualTo(exactly);
    call("hardhat_mine", "[\"0x3\", \"0x3c\"]");
    assertThat(timestamp()).isBetween(exactly + 120, exactly + 220);
    assertThatThrownBy(() -> call("evm_setNextBlockTimestamp", "[1]"))
        .hasMessageContaining("earliest");
  }

  private long timestamp() {
    return network.explorer().latestBlocks(1).get(0).time().getEpochSecond();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evm_", "hardhat_", "anvil_"})
  void accountsAreSet(String prefix) {
    call(prefix + "setBalance", "[\"" + SOMEBODY + "\",\"0xde0b6b3a7640000\"]");
    call(prefix + "setNonce", "[\"" + SOMEBODY + "\",\"0x7\"]");
    call(prefix + "setCode", "[\"" + CONTRACT + "\",\"0x60015460005260206000f3\"]");
    String word = "0x" + "0".repeat(62) + "2a";
    call(prefix + "setStorageAt", "[\"" + CONTRACT + "\",\"0x1\",\"" + word + "\"]");
    assertThat(balance(SOMEBODY)).isEqualTo("\"0xde0b6b3a7640000\"");
    assertThat(call("eth_getTransactionCount", "[\"" + SOMEBODY + "\",\"latest\"]"))
        .isEqualTo("\"0x7\"");
    assertThat(call("eth_getStorageAt", "[\"" + CONTRACT + "\",\"0x1\",\"latest\"]"))
        .isEqualTo("\"" + word + "\"");
    assertThat(call("eth_call", "[{\"to\":\"" + CONTRACT + "\"},\"latest\"]"))
        .isEqualTo("\"" + word + "\"");
  }

  @Test
  void blocksAreAsFarApartAsTheyAreToldToBe() {
    call("evm_mine", "[]");
    long start = timestamp();
    assertThat(call("anvil_setBlockTimestampInterval", "[100]")).isEqualTo("true");
    send(faucet.address().toHex(), "0x1");
    assertThat(timestamp()).isEqualTo(start + 100);
    String snapshot = call("evm_snapshot", "[]");
    call("hardhat_mine", "[\"0x2\"]");
    assertThat(timestamp()).isEqualTo(start + 300);
    call("evm_revert", "[" + snapshot + "]");
    call("hardhat_intervalMine", "[]");
    assertThat(timestamp()).as("from where the chain is now").isEqualTo(start + 200);
    call("evm_setNextBlockTimestamp", "[" + (start + 1_000) + "]");
    call("evm_mine", "[]");
    call("evm_mine", "[]");
    assertThat(timestamp()).isEqualTo(start + 1_100);
    call("evm_revert", "[" + snapshot + "]");
    call("evm_mine", "[]");
    assertThat(timestamp()).as("from the snapshot, not from the time set").isEqualTo(start + 200);
    assertThat(call("anvil_removeBlockTimestampInterval", "[]")).isEqualTo("true");
    assertThat(call("anvil_removeBlockTimestampInterval", "[]")).isEqualTo("false");
    call("evm_mine", "[]");
    assertThat(timestamp()).isBetween(start + 200, start + 290);
    call("evm_setBlockTimestampInterval", "[100]");
    call("hardhat_reset", "[]");
    assertThat(call("anvil_removeBlockTimestampInterval", "[]")).isEqualTo("false");
    assertThatThrownBy(() -> call("evm_setBlockTimestampInterval", "[0]"))
        .hasMessageContaining("at least 10 ms");
  }

  /** A token that keeps all of an account in the slot of its first argument. */
  private static final String TOKEN = "0x6004355460005260206000f3";

  @Test
  void tokensAreDealt() {
    call("anvil_setCode", "[\"" + CONTRACT + "\",\"" + TOKEN + "\"]");
    call("anvil_dealERC20", "[\"" + SOMEBODY + "\",\"" + CONTRACT + "\",\"0x7b\"]");
    String balanceOf =
        "[{\"to\":\""
            + CONTRACT
            + "\",\"data\":\"0x70a08231000000000000000000000000"
            + SOMEBODY.substring(2)
            + "\"},\"latest\"]";
    assertThat(call("eth_call", balanceOf)).endsWith("7b\"");
    call(
        "anvil_setERC20Allowance",
        "[\"" + SOMEBODY + "\",\"" + CONTRACT + "\",\"" + CONTRACT + "\",\"0x7c\"]");
    assertThat(call("eth_call", balanceOf)).as("its one slot").endsWith("7c\"");
    assertThatThrownBy(
            () -> call("anvil_dealERC20", "[\"" + SOMEBODY + "\",\"" + SOMEBODY + "\",\"0x1\"]"))
        .hasMessageContaining("no slot of");
  }

  @Test
  void balancesGrowAndWaitingTransactionsGo() {
    call("anvil_addBalance", "[\"" + SOMEBODY + "\",\"0x5\"]");
    call("anvil_addBalance", "[\"" + SOMEBODY + "\",\"0x6\"]");
    assertThat(balance(SOMEBODY)).isEqualTo("\"0xb\"");
    call("evm_setAutomine", "[false]");
    send(faucet.address().toHex(), "0x1");
    send(faucet.address().toHex(), "0x2");
    call("anvil_removePoolTransactions", "[\"" + faucet.address().toHex() + "\"]");
    assertThat(call("txpool_status", "[]")).contains("\"pending\":\"0x0\"");
  }

  @Test
  void impersonatedAccountsSendWithoutAKey() {
    call("hardhat_setBalance", "[\"" + SOMEBODY + "\",\"0xde0b6b3a7640000\"]");
    assertThatThrownBy(() -> send(SOMEBODY, "0x1")).hasMessageContaining("unknown account");
    call("hardhat_impersonateAccount", "[\"" + SOMEBODY + "\"]");
    String hash = send(SOMEBODY, "0x1");
    assertThat(call("eth_getTransactionReceipt", "[" + hash + "]"))
        .contains("\"from\":\"" + SOMEBODY + "\"");
    call("hardhat_stopImpersonatingAccount", "[\"" + SOMEBODY + "\"]");
    assertThatThrownBy(() -> send(SOMEBODY, "0x1")).hasMessageContaining("unknown account");
  }

  @Test
  void resetGoesBackToTheStart() {
    send(faucet.address().toHex(), "0x1");
    String snapshot = call("evm_snapshot", "[]");
    assertThat(call("hardhat_reset", "[]")).isEqualTo("true");
    assertThat(call("eth_blockNumber", "[]")).isEqualTo("\"0x0\"");
    assertThat(call("evm_revert", "[" + snapshot + "]")).isEqualTo("false");
    assertThatThrownBy(() -> call("hardhat_reset", "[{\"forking\":{\"jsonRpcUrl\":\"x\"}}]"))
        .hasMessageContaining("forked");
  }

  @Test
  void whatIsARuleOfTheChainIsRefusedInWords() {
    assertThatThrownBy(() -> call("hardhat_setNextBlockBaseFeePerGas", "[\"0x1\"]"))
        .hasMessageContaining("rule of the chain");
    assertThatThrownBy(() -> call("anvil_setChainId", "[1]")).hasMessageContaining("rule of");
    assertThatThrownBy(() -> call("anvil_setRpcUrl", "[\"x\"]")).hasMessageContaining("no fork");
    assertThat(call("anvil_nodeInfo", "[]"))
        .contains("currentBlockNumber")
        .contains("\"gasPrice\":\"0x5d21dba00\"");
    assertThat(call("hardhat_metadata", "[]")).contains("\"chainId\":1000");
  }

  @Test
  void otherNetworksKnowNoneOfThis() {
    try (KlayNetwork plain = KlayNetwork.of(ChainSpec.development()).rangers(0).start()) {
      assertThatThrownBy(() -> plain.rpc().call("evm_snapshot", "[]").join())
          .hasMessageContaining("does not exist");
    }
  }
}
