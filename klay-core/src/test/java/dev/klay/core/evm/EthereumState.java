package dev.klay.core.evm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.account.Account;
import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.core.trie.Trie;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Locale;

/** States of Ethereum's public tests: read from JSON, and their root by Ethereum's encoding. */
final class EthereumState {
  private EthereumState() {}

  /** The state that an object of accounts by address describes. */
  static WorldState read(JsonNode accounts) {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    accounts.properties().forEach(field -> put(updater, address(field.getKey()), field.getValue()));
    return updater.build(false);
  }

  static void put(StateUpdater updater, Address address, JsonNode account) {
    updater.addBalance(address, Amount.peb(number(account.path("balance"))));
    if (account.has("nonce")) {
      updater.setNonce(address, number(account.get("nonce")).word(0));
    }
    Bytes code = Bytes.fromHex(prefixed(account.path("code").asText("0x")));
    if (!code.isEmpty()) {
      updater.setCode(address, Code.of(code, CodeInfo.BEFORE_ISTANBUL));
    }
    account
        .path("storage")
        .properties()
        .forEach(
            slot ->
                updater.setStorage(
                    address, number(slot.getKey()), number(slot.getValue().asText())));
  }

  /** The root with accounts as {@code [nonce, balance, storage root, code hash]}. */
  static Hash root(WorldState state) {
    Trie<?>[] root = {Trie.empty(EthereumState::encode)};
    state.forEach((key, account) -> root[0] = put(root[0], key, account));
    return root[0].rootHash();
  }

  @SuppressWarnings("unchecked") // the array holds one trie of accounts
  private static Trie<Account> put(Trie<?> trie, Bytes key, Account account) {
    return ((Trie<Account>) trie).put(key, account);
  }

  private static Bytes encode(Account account) {
    return RlpWriter.encodeList(
        w ->
            w.unsignedLong(account.nonce())
                .integer(account.balance().peb())
                .hash(account.storage().rootHash())
                .hash(account.code().hash()));
  }

  /** An address whatever the case of its digits: the tests' checksums are not all right. */
  static Address address(String hex) {
    return Address.parse(prefixed(hex).toLowerCase(Locale.ROOT));
  }

  static UInt256 number(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? UInt256.ZERO : number(node.asText());
  }

  static UInt256 number(String hex) {
    String digits = hex.startsWith("0x:bigint ") ? hex.substring(10) : hex;
    digits = digits.startsWith("0x") ? digits.substring(2) : digits;
    return digits.isEmpty() ? UInt256.ZERO : UInt256.of(new java.math.BigInteger(digits, 16));
  }

  private static String prefixed(String hex) {
    return hex.startsWith("0x") ? hex : "0x" + hex;
  }
}
