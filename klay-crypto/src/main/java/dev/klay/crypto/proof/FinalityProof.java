package dev.klay.crypto.proof;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Optional;

/**
 * A sealed header that proves by itself that its block is final, for who knows the chain's genesis
 * hash and the validators of that height. Needs no node and no chain state. Across changes of
 * validators the epoch headers in between come along: each names, under seals of the validators
 * known before, those of the next epoch.
 *
 * <pre>{@code
 * TrustedCouncil trusted = TrustedCouncil.ofGenesis(validators, 600);
 * boolean isFinal = proof.findFault(trusted).isEmpty();
 * }</pre>
 *
 * @param genesisHash of the chain
 * @param header RLP of the header with its committed seals
 * @param epochHeaders RLP of the sealed headers of all epoch blocks between what the verifier
 *     trusts and the block, ascending
 */
public record FinalityProof(Hash genesisHash, Bytes header, List<Bytes> epochHeaders) {
  public FinalityProof {
    epochHeaders = List.copyOf(epochHeaders);
  }

  /** A proof for who knows the validators of the block's own epoch. */
  public FinalityProof(Hash genesisHash, Bytes header) {
    this(genesisHash, header, List.of());
  }

  /**
   * Why the proof does not hold for who trusts these validators, empty if it does. Headers of
   * epochs that the council is behind already are not needed and not accepted.
   */
  public Optional<String> findFault(TrustedCouncil trusted) {
    try {
      provenCouncil(trusted);
      return Optional.empty();
    } catch (UnprovenException fault) {
      return Optional.of(String.valueOf(fault.getMessage()));
    }
  }

  /**
   * The council that sealed the block, reached from one that is trusted by the headers of epoch
   * blocks alone: who follows a chain so keeps it and trusts it from now on.
   *
   * @throws UnprovenException if the proof does not hold
   */
  public TrustedCouncil provenCouncil(TrustedCouncil trusted) {
    TrustedCouncil council = trusted;
    try {
      for (Bytes encoded : epochHeaders) {
        council = nextCouncil(council, SealedHeader.decode(encoded));
      }
      if (!council.covers(height())) {
        throw new UnprovenException(
            "validators are proven up to height " + council.epochEnd() + ", not " + height());
      }
    } catch (DecodingException e) {
      throw new UnprovenException(String.valueOf(e.getMessage()));
    }
    Optional<String> fault = findFault(council.validators());
    if (fault.isPresent()) {
      throw new UnprovenException(fault.orElseThrow());
    }
    return council;
  }

  private TrustedCouncil nextCouncil(TrustedCouncil council, SealedHeader epoch) {
    if (epoch.number() != council.epochEnd()) {
      throw new UnprovenException(
          "epoch header " + epoch.number() + " where " + council.epochEnd() + " is due");
    }
    Optional<String> fault = epoch.certificate().findFault(genesisHash, council.validators());
    if (fault.isPresent()) {
      throw new UnprovenException("epoch header " + epoch.number() + ": " + fault.orElseThrow());
    }
    List<Address> next = epoch.nextValidators();
    if (next.isEmpty()) {
      throw new UnprovenException("epoch header " + epoch.number() + " names no validators");
    }
    return council.next(next);
  }

  /**
   * Whether a quorum of these validators sealed the block.
   *
   * @param validators the validators of the block's height, in any order
   */
  public boolean verify(List<Address> validators) {
    return findFault(validators).isEmpty();
  }

  /** Why the proof does not hold, empty if it does. */
  public Optional<String> findFault(List<Address> validators) {
    try {
      return SealedHeader.decode(header).certificate().findFault(genesisHash, validators);
    } catch (DecodingException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Who signed the block, ascending; the seals themselves say so.
   *
   * @throws DecodingException if header or seals are malformed
   */
  public List<Address> signers() {
    return SealedHeader.decode(header).certificate().signers(genesisHash);
  }

  /** The hash of the proven block. */
  public Hash blockHash() {
    return SealedHeader.decode(header).hash(SealRule.KLAY_QBFT);
  }

  /** The height of the proven block. */
  public long height() {
    return SealedHeader.decode(header).number();
  }
}
