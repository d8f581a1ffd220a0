package dev.klay.core.importing;

import dev.klay.core.account.Account;
import dev.klay.core.account.Code;
import dev.klay.core.config.CarriedState;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.StateOrigin;
import dev.klay.core.importing.CorruptStateFileException.Reason;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a chain's state into a file, from which another chain starts; see {@link StateFormat}. One
 * account is held at a time, and equal states give equal files.
 *
 * <pre>{@code
 * try (OutputStream file = Files.newOutputStream(path)) {
 *   node.exportState(file);
 * }
 * CarriedState state = StateFileReader.read(Files.newInputStream(path));
 * ChainSpec next = spec.promoted("main", NetworkKind.MAIN, 8217, state);
 * }</pre>
 */
public final class StateFileWriter {
  private final DataOutputStream out;
  private final Set<Hash> written = new HashSet<>();
  private long accounts;

  private StateFileWriter(OutputStream out) {
    this.out = new DataOutputStream(new BufferedOutputStream(out));
  }

  /**
   * Writes the state behind a chain's head.
   *
   * @param out stays open
   * @return what was written
   * @throws CorruptStateFileException if the stream cannot be written
   */
  public static StateOrigin write(ChainSpec spec, Hash genesis, ChainHead head, OutputStream out) {
    StateOrigin origin =
        new StateOrigin(
            spec.chainId(),
            genesis,
            head.number(),
            head.hash(),
            head.header().time(),
            head.state().rootHash(),
            head.supply(),
            head.governance().validators().stream().sorted().toList());
    write(CarriedState.of(origin, head.state()), out);
    return origin;
  }

  /**
   * Writes a state that was read, and changed perhaps.
   *
   * @param out stays open
   * @throws CorruptStateFileException if the stream cannot be written
   */
  public static void write(CarriedState carried, OutputStream out) {
    MessageDigest digest = StateFormat.newDigest();
    try {
      new StateFileWriter(new DigestOutputStream(out, digest)).writeAll(carried);
      out.write(digest.digest());
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    } catch (UncheckedIOException e) {
      throw failed(e);
    }
  }

  private static CorruptStateFileException failed(Exception e) {
    return new CorruptStateFileException(
        Reason.INPUT_OUTPUT, "the state file cannot be written: " + e.getMessage(), e);
  }

  private void writeAll(CarriedState carried) throws IOException {
    out.writeLong(StateFormat.MAGIC);
    writeBytes(StateFormat.encode(carried.origin()));
    carried.state().forEach(this::writeAccount);
    out.writeByte(StateFormat.END);
    out.writeLong(accounts);
    out.flush();
  }

  private void writeAccount(Bytes addressHash, Account account) {
    try {
      Code code = account.code();
      if (!code.isEmpty() && written.add(code.hash())) {
        out.writeByte(StateFormat.CODE);
        writeBytes(code.bytes());
      }
      out.writeByte(StateFormat.ACCOUNT);
      out.write(addressHash.unsafeArray());
      writeBytes(account.encode());
      accounts++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    account.storage().forEach(this::writeWord);
  }

  private void writeWord(Bytes slotHash, UInt256 word) {
    try {
      out.writeByte(StateFormat.WORD);
      out.write(slotHash.unsafeArray());
      byte[] minimal = word.toMinimalBytes();
      out.writeByte(minimal.length);
      out.write(minimal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeBytes(Bytes bytes) throws IOException {
    out.writeInt(bytes.size());
    out.write(bytes.unsafeArray());
  }
}
