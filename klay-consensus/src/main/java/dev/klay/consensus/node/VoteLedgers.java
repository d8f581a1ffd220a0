package dev.klay.consensus.node;

import dev.klay.consensus.wal.FileLedger;
import dev.klay.consensus.wal.Incarnation;
import dev.klay.consensus.wal.IncarnationFile;
import dev.klay.consensus.wal.LedgerFailedException;
import dev.klay.consensus.wal.VoteLedger;
import dev.klay.consensus.wire.MessageCodec;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.core.storage.disk.DirectoryFiles;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Opens the ledgers of real nodes. */
public final class VoteLedgers {
  private VoteLedgers() {}

  /**
   * The ledger in a directory, which is locked against any other process.
   *
   * @param incarnation the file with the number of its life
   * @throws dev.klay.core.storage.StoreLockedException if somebody has it open
   * @throws dev.klay.consensus.wal.CorruptLedgerException if it is damaged
   */
  public static VoteLedger open(Path directory, Path incarnation, Hash genesisHash) {
    byte[] fresh = new byte[Incarnation.SIZE];
    new SecureRandom().nextBytes(fresh);
    try {
      return FileLedger.open(
          DirectoryFiles.lock(directory),
          new MessageCodec(genesisHash, SignerRecovery.SECP256K1, ChainBlock.FORMAT),
          ChainBlock.FORMAT,
          new IncarnationFile(incarnation),
          new Incarnation(Bytes.wrap(fresh)));
    } catch (IOException e) {
      throw new LedgerFailedException("the vote ledger in " + directory + " cannot be opened", e);
    }
  }
}
