package dev.klay.core.importing;

import dev.klay.core.config.StateOrigin;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain's state as a file, all numbers big-endian:
 *
 * <pre>
 * magic 8 (with the version), length 4, origin (RLP)
 * then records, each with its kind in one byte:
 *   1 code      length 4, bytes; in front of the first account that has it
 *   2 account   Keccak-256 of the address 32, length 4, its leaf as the state root commits to it;
 *               in ascending order
 *   3 word      Keccak-256 of the slot 32, length 1, the word without leading zeros; of the account
 *               in front, in ascending order
 *   0 end       number of accounts 8
 * SHA-256 of all before 32
 * </pre>
 */
final class StateFormat {
  /** "klaystat" with the last letter as the version, 1. */
  static final long MAGIC = 0x6b6c617973746101L;

  static final int END = 0;
  static final int CODE = 1;
  static final int ACCOUNT = 2;
  static final int WORD = 3;

  static final int HASH_SIZE = 32;

  /** Bytes of the origin; it names a hundred validators at most. */
  static final int ORIGIN_MAX = 4096;

  /** Bytes of a leaf; the longest key has a few kilobytes. */
  static final int LEAF_MAX = 1 << 16;

  /** Bytes of a code: more than any fork allows, and no reason to run out of memory. */
  static final int CODE_MAX = 1 << 20;

  private StateFormat() {}

  static Bytes encode(StateOrigin origin) {
    return RlpWriter.encodeList(
        w ->
            w.integer(origin.chainId())
                .hash(origin.genesisHash())
                .integer(origin.height())
                .hash(origin.blockHash())
                .integer(origin.time())
                .hash(origin.stateRoot())
                .amount(origin.supply())
                .list(list -> origin.validators().forEach(list::address)));
  }

  /**
   * @throws DecodingException if it is anything else
   */
  static StateOrigin decode(Bytes encoded) {
    RlpReader outer = RlpReader.of(encoded);
    RlpReader in = outer.readList();
    outer.expectEnd();
    StateOrigin origin =
        new StateOrigin(
            in.readLong(),
            in.readHash(),
            in.readLong(),
            in.readHash(),
            in.readLong(),
            in.readHash(),
            in.readAmount(),
            addresses(in.readList()));
    in.expectEnd();
    return origin;
  }

  private static List<Address> addresses(RlpReader in) {
    List<Address> addresses = new ArrayList<>();
    while (in.hasNext()) {
      addresses.add(in.readAddress());
    }
    return addresses;
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
