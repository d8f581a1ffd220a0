package dev.klay.core.importing;

import dev.klay.core.account.Account;
import dev.klay.core.account.AccountLeaf;
import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.account.Storage;
import dev.klay.core.config.CarriedState;
import dev.klay.core.config.StateOrigin;
import dev.klay.core.importing.CorruptStateFileException.Reason;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link StateFileWriter} wrote, and believes nothing: order, codes, storage roots, the
 * state root, the supply and the checksum are compared. The state is held in memory, about 300
 * bytes for an account without storage.
 */
public final class StateFileReader {
  private final DataInputStream in;
  private final Map<Hash, Bytes> codes = new HashMap<>();
  private WorldState state = WorldState.EMPTY;
  private Amount supply = Amount.ZERO;
  private long accounts;

  // the account whose words come
  private @Nullable AccountLeaf leaf;
  private Bytes addressHash = Bytes.EMPTY;
  private Storage storage = Storage.EMPTY;
  private Bytes slotHash = Bytes.EMPTY;

  private StateFileReader(DataInputStream in) {
    this.in = in;
  }

  /**
   * The state in a file.
   *
   * @param file is read to its end and closed
   * @throws CorruptStateFileException if it is not whole and right
   */
  public static CarriedState read(InputStream file) {
    MessageDigest digest = StateFormat.newDigest();
    try (InputStream source = new BufferedInputStream(file)) {
      DataInputStream in = new DataInputStream(new DigestInputStream(source, digest));
      StateFileReader reader = new StateFileReader(in);
      StateOrigin origin = reader.readAll();
      byte[] computed = digest.digest();
      byte[] stated = source.readNBytes(computed.length);
      if (stated.length < computed.length) {
        throw new EOFException();
      }
      if (!Arrays.equals(stated, computed) || source.read() >= 0) {
        throw damaged("its checksum is another");
      }
      return reader.carried(origin);
    } catch (EOFException e) {
      throw new CorruptStateFileException(
          Reason.TRUNCATED, "the state file ends too soon: export or copy it again", e);
    } catch (DecodingException | IllegalArgumentException e) {
      throw new CorruptStateFileException(
          Reason.DAMAGED, "the state file is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CorruptStateFileException(
          Reason.INPUT_OUTPUT, "the state file cannot be read: " + e.getMessage(), e);
    }
  }

  private static CorruptStateFileException damaged(String detail) {
    return new CorruptStateFileException(
        Reason.DAMAGED, "the state file is damaged: " + detail + "; export or copy it again");
  }

  private CarriedState carried(StateOrigin origin) {
    if (!state.rootHash().equals(origin.stateRoot()) || !supply.equals(origin.supply())) {
      throw new CorruptStateFileException(
          Reason.WRONG_STATE,
          "the state file says "
              + origin
              + " with "
              + origin.supply()
              + ", its accounts come to "
              + state.rootHash()
              + " and "
              + supply);
    }
    return CarriedState.of(origin, state);
  }

  private StateOrigin readAll() throws IOException {
    if (in.readLong() != StateFormat.MAGIC) {
      throw new CorruptStateFileException(
          Reason.NO_STATE_FILE, "this is no state file, or one that a later version wrote");
    }
    StateOrigin origin = StateFormat.decode(readBytes(StateFormat.ORIGIN_MAX));
    for (int kind = in.readUnsignedByte(); kind != StateFormat.END; kind = in.readUnsignedByte()) {
      readRecord(kind);
    }
    finishAccount();
    if (in.readLong() != accounts) {
      throw damaged("it has " + accounts + " accounts, and should have others");
    }
    return origin;
  }

  private void readRecord(int kind) throws IOException {
    switch (kind) {
      case StateFormat.CODE -> {
        Bytes code = readBytes(StateFormat.CODE_MAX);
        codes.put(Code.of(code, CodeInfo.BEFORE_ISTANBUL).hash(), code);
      }
      case StateFormat.ACCOUNT -> {
        finishAccount();
        addressHash = ascending(addressHash, readHash());
        leaf = AccountLeaf.decode(readBytes(StateFormat.LEAF_MAX));
        storage = Storage.EMPTY;
        slotHash = Bytes.EMPTY;
      }
      case StateFormat.WORD -> readWord();
      default -> throw damaged("no record is of kind " + kind);
    }
  }

  private void readWord() throws IOException {
    slotHash = ascending(slotHash, readHash());
    byte[] minimal = new byte[in.readUnsignedByte()];
    in.readFully(minimal);
    if (leaf == null || minimal.length == 0 || minimal.length > 32 || minimal[0] == 0) {
      throw damaged("a word is malformed, or nobody's");
    }
    storage = storage.with(Hash.wrap(slotHash.toArray()), UInt256.fromBytes(minimal));
  }

  /** The account is whole once the next one begins. */
  private void finishAccount() {
    AccountLeaf read = leaf;
    if (read == null) {
      return;
    }
    if (!storage.rootHash().equals(read.storageRoot())) {
      throw damaged("the words of an account are not those that it had");
    }
    state =
        state.with(
            addressHash,
            new Account(
                read.type(), read.nonce(), read.balance(), read.key(), storage, codeOf(read)));
    supply = supply.plus(read.balance());
    accounts++;
    leaf = null;
  }

  private Code codeOf(AccountLeaf read) {
    Hash hash = read.codeHash();
    Bytes bytes = hash.equals(Code.EMPTY.hash()) ? Bytes.EMPTY : codes.get(hash);
    if (bytes == null) {
      throw damaged("the code " + hash + " is not in it");
    }
    return new Code(bytes, hash, read.codeInfo());
  }

  private static Bytes ascending(Bytes before, Bytes next) {
    if (!before.isEmpty() && before.compareTo(next) >= 0) {
      throw damaged("its records are out of order");
    }
    return next;
  }

  private Bytes readHash() throws IOException {
    byte[] hash = new byte[StateFormat.HASH_SIZE];
    in.readFully(hash);
    return Bytes.wrap(hash);
  }

  private Bytes readBytes(int max) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > max) {
      throw damaged("a length of " + length + " is over its limit, " + max);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return Bytes.wrap(bytes);
  }
}
