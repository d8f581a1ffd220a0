package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.account.Account;
import dev.klay.core.account.AccountLeaf;
import dev.klay.core.account.AccountType;
import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.account.Storage;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;

/** Accounts as {@code klay_getAccount} shows them. The code hash is in base64, as Go writes it. */
public final class AccountJson {
  private AccountJson() {}

  public static ObjectNode write(Account account) {
    AccountLeaf leaf = account.leaf();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("accType", leaf.type().number());
    ObjectNode body = json.putObject("account");
    body.put("nonce", leaf.nonce());
    body.put("balance", Quantity.of(leaf.balance()));
    body.put("humanReadable", false);
    body.set("key", AccountKeyJson.write(leaf.key()));
    if (account.isContract()) {
      body.put("storageRoot", leaf.storageRoot().toHex());
      body.put("codeHash", leaf.codeHash().toArray());
      body.put("codeFormat", leaf.codeInfo().format());
      body.put("vmVersion", leaf.codeInfo().vmVersion());
    }
    return json;
  }

  /**
   * Reads an account and gives it its code, which is told apart. What it stores is not told.
   *
   * @throws DecodingException if a field is missing or wrong
   */
  public static Account read(JsonNode json, Bytes code) {
    Fields body = new Fields(new Fields(json).node("account"));
    Account account =
        Account.externallyOwned()
            .withNonce(body.node("nonce").asLong())
            .withBalance(body.amount("balance"))
            .withKey(AccountKeyJson.read(body.node("key")));
    boolean contract = json.path("accType").asInt() == AccountType.SMART_CONTRACT.number();
    CodeInfo info =
        new CodeInfo(
            json.path("account").path("codeFormat").asInt(),
            json.path("account").path("vmVersion").asInt());
    return new Account(
        contract ? AccountType.SMART_CONTRACT : AccountType.EXTERNALLY_OWNED,
        account.nonce(),
        account.balance(),
        account.key(),
        Storage.EMPTY,
        code.isEmpty() ? Code.EMPTY : Code.of(code, info));
  }
}
