package dev.klay.core.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.account.Account;
import dev.klay.core.account.AccountLeaf;

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
}
