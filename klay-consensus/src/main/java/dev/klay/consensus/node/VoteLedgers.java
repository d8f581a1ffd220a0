package dev.klay.consensus.node;

import dev.klay.consensus.wal.FileLedger;
import dev.klay.consensus.wal.Incarnation;
import dev.klay.consensus.wal.IncarnationFile;
import dev.klay.consensus.wal.LedgerFailedException;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.consensus.wire.MessageCodec;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.core.storage.DirectoryStorage;
import dev.klay.core.storage.disk.FileStore;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Opens the ledgers of real nodes. */
public final class VoteLedgers {
  private VoteLedgers() {}

  /**
   * The ledger in a directory beside a chain's, which is locked against any other process.
   *
   * @param incarnation the file with the number of its life
   * @throws dev.klay.core.storage.StoreLockedException if somebody has it open
   * @throws dev.klay.consensus.wal.CorruptLedgerException if it is damaged
   * @throws LedgerFailedException if the disk fails or is full; nothing stays locked
   */
  public static VoteLedger open(
      DirectoryStorage storage, Path directory, Path incarnation, Hash genesisHash) {
    try {
      return open(storage.lock(directory), incarnation, genesisHash);
    } catch (IOException e) {
      throw new LedgerFailedException("the vote ledger in " + directory + " cannot be opened", e);
    }
  }

  private static VoteLedger open(FileStore files, Path incarnation, Hash genesisHash)
      throws IOException {
    byte[] fresh = new byte[Incarnation.SIZE];
    new SecureRandom().nextBytes(fresh);
    boolean opened = false;
    try {
      VoteLedger ledger =
          FileLedger.open(
              files,
              new MessageCodec(genesisHash, SignerRecovery.SECP256K1, ChainBlock.FORMAT),
              ChainBlock.FORMAT,
              new IncarnationFile(incarnation),
              new Incarnation(Bytes.wrap(fresh)));
      opened = true;
      return ledger;
    } finally {
      if (!opened) {
        files.close();
      }
    }
  }
}
