package dev.klay.client.wallet;

import dev.klay.client.KlayClient;
import dev.klay.client.Reverted;
import dev.klay.client.abi.AbiEvent;
import dev.klay.client.contract.ContractEvent;
import dev.klay.client.contract.EventCursor;
import dev.klay.client.contract.EventQuery;
import dev.klay.client.contract.PartnerToken;
import dev.klay.client.contract.Token;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of a wallet: the chain's partner tokens, those that its owner named, and those that it
 * was ever sent. Looks at each block once.
 */
final class HeldTokens {
  /** Tokens that are found by themselves; anybody can send one, so there is an end. */
  static final int FOUND_MAX = 1000;

  private static final AbiEvent TRANSFER = Token.ABI.event("Transfer");

  private final KlayClient client;
  private final Address owner;
  private final Map<Address, Token> tokens = new LinkedHashMap<>();
  private EventCursor seen = EventCursor.startOf(0);

  HeldTokens(KlayClient client, Address owner) {
    this.client = client;
    this.owner = owner;
  }

  synchronized void watch(Token token) {
    tokens.put(token.address(), token);
  }

  synchronized Collection<Token> all() {
    PartnerToken.allOn(client).forEach(token -> tokens.putIfAbsent(token.address(), token));
    long head = client.height();
    EventQuery received = EventQuery.ofAll(client, TRANSFER).where("to", owner).after(seen);
    for (ContractEvent transfer : received.list()) {
      if (tokens.size() < FOUND_MAX) {
        tokens.computeIfAbsent(transfer.contract(), at -> Token.at(client, at));
      }
      seen = transfer.cursor();
    }
    if (seen.block() < head) {
      seen = EventCursor.startOf(head);
    }
    return new ArrayList<>(tokens.values());
  }

  /** What is held of each; a contract that does not answer like a token is left out. */
  List<Asset> assets() {
    List<Asset> assets = new ArrayList<>();
    for (Token token : all()) {
      try {
        assets.add(
            new Asset(
                token.symbol(), token.decimals(), token.balanceOf(owner), Optional.of(token)));
      } catch (Reverted | DecodingException noToken) {
        forget(token);
      }
    }
    return assets;
  }

  private synchronized void forget(Token token) {
    tokens.remove(token.address());
  }
}
