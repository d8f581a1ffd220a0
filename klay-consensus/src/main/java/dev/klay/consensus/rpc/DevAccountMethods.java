package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.klay.consensus.Cheats;
import dev.klay.crypto.primitive.Hash;

/**
 * Accounts and waiting transactions of a development network: {@code evm}, {@code hardhat}, {@code
 * anvil}.
 */
public final class DevAccountMethods implements RpcNamespace {
  private final Cheats cheats;

  public DevAccountMethods(Cheats cheats) {
    this.cheats = cheats;
  }

  @Override
  public void addTo(RpcMethods table) {
    DevNames names = new DevNames(table);
    for (String name : new String[] {"setBalance", "setAccountBalance"}) {
      names.everywhere(name, this::setBalance);
    }
    for (String name : new String[] {"setNonce", "setAccountNonce"}) {
      names.everywhere(name, this::setNonce);
    }
    for (String name : new String[] {"setCode", "setAccountCode"}) {
      names.everywhere(name, this::setCode);
    }
    for (String name : new String[] {"setStorageAt", "setAccountStorageAt"}) {
      names.everywhere(name, this::setStorageAt);
    }
    names.everywhere("setCoinbase", this::setCoinbase);
    names.everywhere("impersonateAccount", this::impersonate);
    names.everywhere("stopImpersonatingAccount", this::stopImpersonating);
    names.everywhere("autoImpersonateAccount", this::impersonateEverybody);
    names.everywhere("dropTransaction", this::drop);
    names.everywhere("dropAllTransactions", this::dropAll);
  }

  private JsonNode setBalance(RpcParams params) {
    cheats.setBalance(params.atMost(2).at(0).asAddress(), params.at(1).asAmount());
    return BooleanNode.TRUE;
  }

  private JsonNode setNonce(RpcParams params) {
    cheats.setNonce(params.atMost(2).at(0).asAddress(), params.at(1).asNumber());
    return BooleanNode.TRUE;
  }

  private JsonNode setCode(RpcParams params) {
    cheats.setCode(params.atMost(2).at(0).asAddress(), params.at(1).asBytes());
    return BooleanNode.TRUE;
  }

  private JsonNode setStorageAt(RpcParams params) {
    cheats.setStorageAt(
        params.atMost(3).at(0).asAddress(), params.at(1).asWord(), params.at(2).asWord());
    return BooleanNode.TRUE;
  }

  private JsonNode setCoinbase(RpcParams params) {
    cheats.setCoinbase(params.atMost(1).at(0).asAddress());
    return BooleanNode.TRUE;
  }

  private JsonNode impersonate(RpcParams params) {
    cheats.impersonate(params.atMost(1).at(0).asAddress());
    return BooleanNode.TRUE;
  }

  private JsonNode stopImpersonating(RpcParams params) {
    return BooleanNode.valueOf(cheats.stopImpersonating(params.atMost(1).at(0).asAddress()));
  }

  private JsonNode impersonateEverybody(RpcParams params) {
    cheats.impersonateEverybody(params.atMost(1).at(0).asFlag());
    return BooleanNode.TRUE;
  }

  /** Whether it waited. */
  private JsonNode drop(RpcParams params) {
    Hash hash = params.atMost(1).at(0).asHash();
    return BooleanNode.valueOf(cheats.dropTransaction(hash));
  }

  private JsonNode dropAll(RpcParams params) {
    params.atMost(0);
    cheats.dropAllTransactions();
    return NullNode.instance;
  }
}
