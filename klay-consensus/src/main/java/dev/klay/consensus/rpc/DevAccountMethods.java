package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.klay.consensus.Cheats;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainService;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;

/**
 * Accounts and waiting transactions of a development network: {@code evm}, {@code hardhat}, {@code
 * anvil}.
 */
public final class DevAccountMethods implements RpcNamespace {
  private final Cheats cheats;
  private final ChainService chain;
  private final TokenStorage tokens;

  /**
   * Methods for a network.
   *
   * @param chain answers at once, in this process
   */
  public DevAccountMethods(Cheats cheats, ChainService chain) {
    this.cheats = cheats;
    this.chain = chain;
    this.tokens = new TokenStorage(chain);
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
    names.everywhere("removePoolTransactions", this::dropOf);
    names.everywhere("addBalance", this::addBalance);
    for (String name : new String[] {"dealERC20", "dealErc20"}) {
      names.everywhere(name, this::deal);
    }
    names.everywhere("setERC20Allowance", this::allow);
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

  private JsonNode dropOf(RpcParams params) {
    chain
        .waiting(params.atMost(1).at(0).asAddress())
        .join()
        .forEach(tx -> cheats.dropTransaction(tx.hash()));
    return NullNode.instance;
  }

  private JsonNode addBalance(RpcParams params) {
    Address account = params.atMost(2).at(0).asAddress();
    Amount more = params.at(1).asAmount();
    cheats.setBalance(account, chain.balance(account, BlockRef.LATEST).join().plus(more));
    return BooleanNode.TRUE;
  }

  private JsonNode deal(RpcParams params) {
    Address owner = params.atMost(3).at(0).asAddress();
    set(tokens.balance(params.at(1).asAddress(), owner), params.at(2));
    return NullNode.instance;
  }

  private JsonNode allow(RpcParams params) {
    Address owner = params.atMost(4).at(0).asAddress();
    Address spender = params.at(1).asAddress();
    set(tokens.allowance(params.at(2).asAddress(), owner, spender), params.at(3));
    return NullNode.instance;
  }

  private void set(TokenStorage.Place place, RpcValue number) {
    cheats.setStorageAt(place.account(), place.slot(), number.asQuantity());
  }
}
