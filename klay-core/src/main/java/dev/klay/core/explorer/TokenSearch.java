package dev.klay.core.explorer;

import dev.klay.core.call.Call;
import dev.klay.core.call.CallRefusedException;
import dev.klay.core.call.CallResult;
import dev.klay.core.config.DevKeys;
import dev.klay.core.service.Await;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.LogQueryTooWideException;
import dev.klay.core.service.LogView;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds tokens by what their contracts answer to {@code symbol()}. */
final class TokenSearch {
  /** Contracts that are asked; anybody can make one that looks like a token. */
  static final int CANDIDATES_MAX = 200;

  /** Bytes of a symbol that is looked for. */
  private static final int SYMBOL_MAX = 32;

  private static final int WORD = 32;
  private static final Bytes SYMBOL = hash("symbol()").toBytes().slice(0, 4);
  private static final Hash TRANSFER = hash("Transfer(address,address,uint256)");

  private final ChainService service;

  TokenSearch(ChainService service) {
    this.service = service;
  }

  private static Hash hash(String signature) {
    return Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII));
  }

  Optional<SearchResult> find(String symbol) {
    if (symbol.isEmpty() || symbol.getBytes(StandardCharsets.UTF_8).length > SYMBOL_MAX) {
      return Optional.empty();
    }
    List<Address> found = new ArrayList<>();
    for (Address candidate : candidates()) {
      if (symbolOf(candidate).filter(symbol::equals).isPresent()) {
        found.add(candidate);
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new SearchResult.OfToken(symbol, found));
  }

  private Set<Address> candidates() {
    Set<Address> candidates = new LinkedHashSet<>();
    service.info().spec().partnerTokens().forEach(token -> candidates.add(partnerToken(token)));
    for (LogView moved : transfers(Await.of(service.height()), LogFilter.BLOCKS_MAX)) {
      if (candidates.size() < CANDIDATES_MAX) {
        candidates.add(moved.log().address());
      }
    }
    return candidates;
  }

  /** What moved lately; of fewer blocks, where too much did. */
  private List<LogView> transfers(long head, int blocks) {
    LogFilter filter =
        LogFilter.range(BlockRef.number(Math.max(0, head - blocks + 1)), BlockRef.number(head))
            .topic(0, TRANSFER);
    try {
      return Await.of(service.logs(filter));
    } catch (LogQueryTooWideException tooMuch) {
      return blocks == 1 ? List.of() : transfers(head, Math.max(1, blocks / 8));
    }
  }

  /** The contract that the issuer's first transaction made, if it made one. */
  private static Address partnerToken(String symbol) {
    try (PrivateKey issuer = DevKeys.issuer(symbol)) {
      return Address.fromHash(
          Keccak256.hash(RlpWriter.encodeList(w -> w.address(issuer.address()).integer(0))));
    }
  }

  /** Empty for what is no token. */
  private Optional<String> symbolOf(Address contract) {
    try {
      CallResult result =
          Await.of(service.call(Call.to(contract).input(SYMBOL).build(), BlockRef.LATEST));
      return result.isSuccess() ? text(result.output()) : Optional.empty();
    } catch (CallRefusedException noAnswer) {
      return Optional.empty();
    }
  }

  /** A string as the ABI has it: its place, its length, its bytes. */
  private static Optional<String> text(Bytes output) {
    if (output.size() < 3 * WORD) {
      return Optional.empty();
    }
    UInt256 place = UInt256.fromBytes(output.slice(0, WORD).toArray());
    UInt256 length = UInt256.fromBytes(output.slice(WORD, 2 * WORD).toArray());
    boolean fits = place.equals(UInt256.of(WORD)) && length.compareTo(UInt256.of(SYMBOL_MAX)) <= 0;
    return fits
        ? Optional.of(
            new String(
                output.slice(2 * WORD, 2 * WORD + (int) length.toLong()).toArray(),
                StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
