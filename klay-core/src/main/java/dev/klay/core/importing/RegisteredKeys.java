package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Fork;
import dev.klay.core.config.RandaoRegistry;
import dev.klay.core.istanbul.Randao;
import dev.klay.core.system.BlsKeyRegistry;
import dev.klay.core.system.ContractReads;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.bls12381.BlsPublicKey;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks reveals against the public keys that the validators registered in the contract of KIP-113,
 * as it is behind the parent block. The registry names the contract; in the first block of the fork
 * there is no registry yet, and the genesis file names it. A key counts with a proof of possession
 * only.
 */
public final class RegisteredKeys implements RandaoVerifier {
  /** Keys whose proofs were checked; more than any council has. */
  private static final int CHECKED_MAX = 1024;

  /** Reveals found right ahead of their blocks; more than an import looks ahead. */
  private static final int AHEAD_MAX = 1024;

  /** A reveal that a key made for a block. */
  private record Made(BlsPublicKey key, long number, Bytes reveal) {}

  private final ChainSpec spec;
  private final Set<Made> ahead = ConcurrentHashMap.newKeySet();

  /** The key of an entry, or none if the entry is not valid. Oldest first. */
  private final Map<BlsKeyRegistry.Entry, Optional<BlsPublicKey>> checked = new LinkedHashMap<>();

  public RegisteredKeys(ChainSpec spec) {
    this.spec = spec;
  }

  @Override
  public Optional<String> findFault(Address proposer, Header header, ChainHead parent) {
    Map<Address, BlsKeyRegistry.Entry> registered;
    try {
      ContractReads reads = parent.contracts(spec);
      registered = BlsKeyRegistry.readAll(reads, contract(reads, header.number()));
    } catch (DecodingException e) {
      return Optional.of("cannot be checked: " + e.getMessage());
    }
    BlsKeyRegistry.Entry entry = registered.get(proposer);
    if (entry == null) {
      return Optional.of("cannot be checked: " + proposer + " registered no BLS key");
    }
    Optional<BlsPublicKey> key = keyOf(entry);
    if (key.isEmpty()) {
      return Optional.of(
          "cannot be checked: the key that " + proposer + " registered has no valid proof");
    }
    Made made = new Made(key.orElseThrow(), header.number(), header.randomReveal().orElseThrow());
    return ahead.remove(made) || isRight(made)
        ? Optional.empty()
        : Optional.of("is no signature of " + proposer);
  }

  private static boolean isRight(Made made) {
    return made.key().verify(Randao.message(made.number()), made.reveal());
  }

  /** With the keys as they are now; where a block changes them, what was found is of no use. */
  @Override
  public void lookAhead(List<Block> blocks, ChainHead head) {
    ahead.clear();
    List<Block> revealing =
        blocks.stream()
            .filter(b -> b.header().randomReveal().isPresent())
            .limit(AHEAD_MAX)
            .toList();
    if (revealing.isEmpty()) {
      return;
    }
    Map<Address, BlsKeyRegistry.Entry> registered;
    try {
      ContractReads reads = head.contracts(spec);
      registered = BlsKeyRegistry.readAll(reads, contract(reads, revealing.get(0).number()));
    } catch (DecodingException notYet) {
      return; // each block will say what is wrong
    }
    List<Made> claimed = new ArrayList<>();
    for (Block block : revealing) {
      Optional.ofNullable(registered.get(block.author()))
          .flatMap(this::keyOf)
          .map(key -> new Made(key, block.number(), block.header().randomReveal().orElseThrow()))
          .ifPresent(claimed::add);
    }
    claimed.parallelStream().filter(RegisteredKeys::isRight).forEach(ahead::add);
  }

  private Address contract(ContractReads reads, long number) {
    if (number != spec.genesis().forks().firstBlock(Fork.RANDAO).orElse(-1)) {
      return BlsKeyRegistry.locate(reads);
    }
    return spec.genesis()
        .registry()
        .map(RandaoRegistry::records)
        .map(records -> records.get(BlsKeyRegistry.NAME))
        .orElseThrow(
            () ->
                new DecodingException(
                    "config.randaoRegistry.records does not name " + BlsKeyRegistry.NAME));
  }

  private Optional<BlsPublicKey> keyOf(BlsKeyRegistry.Entry entry) {
    Optional<BlsPublicKey> known = checked.get(entry);
    if (known == null) {
      if (checked.size() >= CHECKED_MAX) {
        Iterator<?> oldest = checked.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      known = decode(entry);
      checked.put(entry, known);
    }
    return known;
  }

  private static Optional<BlsPublicKey> decode(BlsKeyRegistry.Entry entry) {
    try {
      return Optional.of(BlsPublicKey.decode(entry.publicKey()))
          .filter(key -> key.verifyPossession(entry.possession()));
    } catch (DecodingException noKey) {
      return Optional.empty();
    }
  }
}
