package dev.klay.core.importing;

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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks reveals against the public keys that the validators registered in the contract of KIP-113,
 * as it is behind the parent block. The registry names the contract; in the first block of the fork
 * there is no registry yet, and the genesis file names it. A key counts with a proof of possession
 * only.
 */
public final class RegisteredKeys implements RandaoVerifier {
  /** Keys whose proofs were checked; more than any council has. */
  private static final int CHECKED_MAX = 1024;

  private final ChainSpec spec;

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
    return key.orElseThrow()
            .verify(Randao.message(header.number()), header.randomReveal().orElseThrow())
        ? Optional.empty()
        : Optional.of("is no signature of " + proposer);
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
