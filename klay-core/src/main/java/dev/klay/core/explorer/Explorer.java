package dev.klay.core.explorer;

import dev.klay.core.config.ChainSpec;
import dev.klay.core.service.Await;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.BlockView;
import dev.klay.core.service.ChainService;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.Receipt;
import dev.klay.core.service.TxView;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks things up on a chain. Answers wait for the service; over a node of this JVM they come at
 * once. Unknown things are empty, not errors; a chain that cannot be asked throws {@link
 * dev.klay.core.service.ChainUnavailableException}.
 *
 * <pre>{@code
 * explorer.latestBlocks(13).forEach(b -> System.out.println(b.height() + " " + b.proposer()));
 * }</pre>
 */
public final class Explorer {
  private static final int PAGE_MAX = 1000;

  private final ChainService service;

  public Explorer(ChainService service) {
    this.service = service;
  }

  /** The last blocks, newest first; fewer on a short chain. */
  public List<BlockView> latestBlocks(int count) {
    return blocksDownFrom(Await.of(service.height()), count);
  }

  /**
   * Blocks from a height downwards, newest first. Pages stay what they are while blocks arrive: the
   * next page starts below the last height of this one.
   */
  public List<BlockView> blocksDownFrom(long height, int count) {
    if (count < 1 || count > PAGE_MAX) {
      throw new IllegalArgumentException("1 to " + PAGE_MAX + " blocks, not " + count);
    }
    List<BlockView> blocks = new ArrayList<>();
    for (long n = height; n >= 0 && blocks.size() < count; n--) {
      block(n).ifPresent(blocks::add);
    }
    return blocks;
  }

  public Optional<BlockView> block(long height) {
    return Await.of(service.block(BlockRef.number(height)));
  }

  public Optional<TxView> transaction(Hash hash) {
    return Await.of(service.transaction(hash));
  }

  /** Final transactions of an account, newest first. */
  public List<Receipt> history(Address account, int limit) {
    return Await.of(service.history(account, Optional.empty(), limit));
  }

  /**
   * Transactions per second of chain time over a window that ends with the last block; over the
   * whole chain where it is younger than the window. Zero before two blocks.
   */
  public double tps(Window window) {
    BlockView last = Await.of(service.block(BlockRef.LATEST)).orElseThrow();
    Instant start = last.time().minus(window.length());
    long transactions = 0;
    Instant from = last.time();
    for (BlockView b = last; b.height() > 0; b = block(b.height() - 1).orElseThrow()) {
      if (b.time().isBefore(start) || b.time().equals(start)) {
        from = start;
        break;
      }
      transactions += b.transactionCount();
      from = b.time();
    }
    double seconds = (last.time().toEpochMilli() - from.toEpochMilli()) / 1000.0;
    return seconds <= 0 ? 0 : transactions / seconds;
  }

  /** A validator of the genesis by its name, such as Node07; reads all blocks. */
  public Optional<ValidatorView> validator(String name) {
    ChainSpec spec = service.info().spec();
    for (Address address : spec.validators()) {
      if (spec.validatorName(address).filter(name::equals).isPresent()) {
        return Optional.of(new ValidatorView(name, address, countProposed(address)));
      }
    }
    return Optional.empty();
  }

  private long countProposed(Address validator) {
    long count = 0;
    long height = Await.of(service.height());
    for (long n = 1; n <= height; n++) {
      count += block(n).filter(b -> b.author().equals(validator)).isPresent() ? 1 : 0;
    }
    return count;
  }

  /**
   * What the text names: a height, a block hash, a transaction hash, an address, or the symbol of a
   * token, exactly as it writes itself. Tokens are found that partners issued, and that moved in
   * the last {@value LogFilter#BLOCKS_MAX} blocks.
   */
  public Optional<SearchResult> search(String text) {
    String query = text.strip();
    if (query.matches("[0-9]{1,18}")) {
      return block(Long.parseLong(query)).map(SearchResult.OfBlock::new);
    }
    try {
      if (query.length() == 66) {
        Hash hash = Hash.fromHex(query);
        Optional<SearchResult> block =
            Await.of(service.block(BlockRef.hash(hash))).map(SearchResult.OfBlock::new);
        return block.or(() -> transaction(hash).map(SearchResult.OfTransaction::new));
      }
      Address address = Address.parse(query);
      return Optional.of(
          new SearchResult.OfAccount(address, Await.of(service.account(address, BlockRef.LATEST))));
    } catch (DecodingException noAddress) {
      return new TokenSearch(service).find(query);
    }
  }
}
