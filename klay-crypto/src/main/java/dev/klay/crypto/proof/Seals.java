package dev.klay.crypto.proof;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.Signature;
import java.util.Arrays;
import java.util.List;

/** Who sealed a header; the digests of {@code klaytn-consensus.md} section 1. */
public final class Seals {
  /** Istanbul's message code of COMMIT, the byte behind the block hash. */
  private static final byte ISTANBUL_COMMIT = 2;

  private Seals() {}

  /**
   * The digest under the proposer's seal: Klaytn's signer hashes its input, which is a hash
   * already.
   */
  public static Hash proposerDigest(Hash signingHash) {
    return Keccak256.hash(signingHash.toBytes());
  }

  /** The proposer's seal, 65 bytes. */
  public static Bytes propose(PrivateKey key, Hash signingHash) {
    return key.sign(proposerDigest(signingHash)).encode();
  }

  /**
   * Who made the proposer's seal.
   *
   * @throws dev.klay.crypto.DecodingException if it is no signature
   */
  public static Address proposer(Hash signingHash, Bytes seal) {
    return Signature.decode(seal).recoverAddress(proposerDigest(signingHash));
  }

  /** The digest under a committed seal of {@link SealRule#ISTANBUL}. */
  public static Hash istanbulCommitDigest(Hash blockHash) {
    byte[] payload = Arrays.copyOf(blockHash.unsafeArray(), Hash.SIZE + 1);
    payload[Hash.SIZE] = ISTANBUL_COMMIT;
    return Keccak256.hash(payload);
  }

  /**
   * Who made committed seals of {@link SealRule#ISTANBUL}, in their order.
   *
   * @throws dev.klay.crypto.DecodingException if one is no signature
   */
  public static List<Address> istanbulSigners(Hash blockHash, List<Bytes> committedSeals) {
    Hash digest = istanbulCommitDigest(blockHash);
    return committedSeals.stream()
        .map(seal -> Signature.decode(seal).recoverAddress(digest))
        .toList();
  }
}
