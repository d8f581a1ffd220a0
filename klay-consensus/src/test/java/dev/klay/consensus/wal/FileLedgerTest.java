package dev.klay.consensus.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.consensus.bft.PreparedCertificate;
import dev.klay.consensus.wire.Samples;
import dev.klay.core.storage.StoreLockedException;
import dev.klay.core.storage.disk.DirectoryFiles;
import dev.klay.core.storage.disk.FileStore;
import dev.klay.core.storage.disk.SimulatedFiles;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
  /** What is kept beside the key. */
  private static final class Memo implements Incarnation.Memo {
    private @Nullable Incarnation kept;
    private long noted;

    @Override
    public Optional<Incarnation> read() {
      return Optional.ofNullable(kept);
    }

    @Override
    public void write(Incarnation incarnation) {
      kept = incarnation;
      noted = 0;
    }

    @Override
    public long notedHeight() {
      return noted;
    }

    @Override
    public void noteHeight(long height) {
      noted = height;
    }
  }

  private final Memo memo = new Memo();
  private int openings;

  private FileLedger open(FileStore files) {
    FileLedger ledger = openInDoubt(files);
    ledger.trust();
    return ledger;
  }

  private FileLedger openInDoubt(FileStore files) {
    byte[] id = new byte[Incarnation.SIZE];
    id[0] = (byte) ++openings;
    id[1] = (byte) (openings >> 8);
    return FileLedger.open(
        files, Samples.codec(), Samples.Stone.FORMAT, memo, new Incarnation(Bytes.wrap(id)));
  }

  private static LedgerRecord signed(Samples samples, long height, int round) {
    return new LedgerRecord.Signed(samples.commit(height, round, Hash.ZERO));
  }

  @Test
  void allKindsOfRecordsComeBackInTheirOrder() {
    Samples samples = new Samples(1);
    Samples.Stone block = samples.block(5);
    List<LedgerRecord> written =
        List.of(
            new LedgerRecord.Signed(samples.proposal(5, 0)),
            new LedgerRecord.Signed(samples.change(5, 2)),
            new LedgerRecord.Round(5, 3),
            new LedgerRecord.Prepared(
                5,
                new PreparedCertificate(3, block, List.of(samples.prepare(5, 3, block.hash())))));
    SimulatedFiles files = new SimulatedFiles();
    FileLedger ledger = open(files);
    ledger.append(written.subList(0, 2));
    ledger.append(written.subList(2, 4));
    ledger.finalised(5, block.hash());
    ledger.append(List.of(signed(samples, 6, 0)));

    FileLedger again = open(files);
    assertThat(again.records()).startsWith(written.toArray(new LedgerRecord[0])).hasSize(5);
    assertThat(again.finalHeight()).isEqualTo(5);
    assertThat(again.origin()).isEqualTo(VoteLedger.Origin.COMPLETE);
  }

  @Test
  void whatProvesAPreparedBlockMustBePrepares() {
    Samples samples = new Samples(3);
    Samples.Stone block = samples.block(5);
    Bytes commit = Samples.codec().encode(samples.commit(5, 3, block.hash()));
    Bytes entry =
        RlpWriter.encodeList(
            w ->
                w.integer(LedgerEntry.PREPARED)
                    .integer(5)
                    .integer(3)
                    .raw(block.encode())
                    .list(list -> list.raw(commit)));
    LedgerEntry.Codec codec = new LedgerEntry.Codec(Samples.codec(), Samples.Stone.FORMAT);
    assertThatThrownBy(() -> codec.readAll(entry)).isInstanceOf(DecodingException.class);
  }

  @Test
  void aLedgerInDoubtStaysSoUntilItIsTrusted() {
    Samples samples = new Samples(2);
    SimulatedFiles files = new SimulatedFiles();
    openInDoubt(files).append(List.of(new LedgerRecord.Round(7, 1)));
    FileLedger again = openInDoubt(files);
    assertThat(again.origin()).isEqualTo(VoteLedger.Origin.MISSING);
    again.finalised(9, Hash.ZERO);
    again.trust();

    FileLedger third = openInDoubt(files);
    assertThat(third.origin()).isEqualTo(VoteLedger.Origin.COMPLETE);
    assertThat(third.finalHeight()).isEqualTo(9);
    third.append(List.of(signed(samples, 10, 0)));
    assertThat(openInDoubt(files).records()).hasSize(1); // what is final is pruned
  }

  /** Crashes at any call, again and again: all that was acknowledged is there, in order. */
  @Property(tries = 300)
  void whatWasAcknowledgedSurvivesAnyCrash(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Samples samples = new Samples(seed);
    SimulatedFiles files = new SimulatedFiles();
    List<LedgerRecord> acknowledged = new ArrayList<>();
    for (int life = 0; life < 4; life++) {
      files.crashAt(files.calls() + 1 + random.nextInt(30));
      List<LedgerRecord> before = List.copyOf(acknowledged);
      List<LedgerRecord> attempted = List.of();
      try {
        FileLedger ledger = open(files);
        assertThat(ledger.records().subList(0, before.size())).isEqualTo(before);
        acknowledged = new ArrayList<>(ledger.records());
        while (true) {
          attempted =
              random.nextBoolean()
                  ? List.of(signed(samples, 9, 1))
                  : List.of(signed(samples, 9, 1), new LedgerRecord.Round(9, 2));
          ledger.append(attempted);
          acknowledged.addAll(attempted);
        }
      } catch (LedgerFailedException crashed) {
        files = files.afterCrash(random);
      }
    }
    List<LedgerRecord> found = open(files).records();
    assertThat(found.subList(0, acknowledged.size())).isEqualTo(acknowledged);
    assertThat(found.size() - acknowledged.size()).isBetween(0, 2);
  }

  @Test
  void damageInFrontOfTheEndIsNotTakenForATornEnd() throws IOException {
    SimulatedFiles files = new SimulatedFiles();
    FileLedger ledger = open(files);
    Samples samples = new Samples(2);
    ledger.append(List.of(signed(samples, 1, 0)));
    ledger.append(List.of(signed(samples, 1, 1)));
    ledger.append(List.of(signed(samples, 1, 2)));
    for (String name : files.list()) {
      if (name.startsWith("votes-")) {
        files.flipBit(name, 8 * 60);
      }
    }
    assertThatThrownBy(() -> open(files))
        .isInstanceOf(CorruptLedgerException.class)
        .hasMessageContaining("in front of its end");
  }

  @Test
  void nothingIsTakenAfterAFailedSync() {
    SimulatedFiles files = new SimulatedFiles();
    FileLedger ledger = open(files);
    List<LedgerRecord> vote = List.of(signed(new Samples(3), 1, 0));
    files.failNextSync();
    assertThatThrownBy(() -> ledger.append(vote)).isInstanceOf(LedgerFailedException.class);
    assertThatThrownBy(() -> ledger.append(vote))
        .isInstanceOf(LedgerFailedException.class)
        .hasMessageContaining("failed before");
  }

  @Test
  void aFullDiskFailsTheLedgerAndKeepsWhatWasWritten() {
    SimulatedFiles files = new SimulatedFiles();
    FileLedger ledger = open(files);
    List<LedgerRecord> vote = List.of(signed(new Samples(3), 1, 0));
    ledger.append(vote);
    files.limitBytes(0);
    assertThatThrownBy(() -> ledger.append(vote)).isInstanceOf(LedgerFailedException.class);
    files.limitBytes(Long.MAX_VALUE);
    assertThat(open(files).records()).isEqualTo(vote);
  }

  @Test
  void aLedgerThatIsMissingOrAnOldCopyIsRecognised() {
    SimulatedFiles files = new SimulatedFiles();
    assertThat(open(files).origin()).isEqualTo(VoteLedger.Origin.MISSING);
    assertThat(open(files).origin()).isEqualTo(VoteLedger.Origin.COMPLETE);
    SimulatedFiles backup = files.afterCrash(new SplittableRandom(1));
    assertThat(open(files).origin()).isEqualTo(VoteLedger.Origin.COMPLETE);
    assertThat(open(backup).origin()).isEqualTo(VoteLedger.Origin.OLD_COPY);
    assertThat(open(new SimulatedFiles()).origin()).isEqualTo(VoteLedger.Origin.MISSING);
  }

  @Test
  void aCopyMadeWhileTheNodeRanIsRecognisedOnceItVotedOnAnotherHeight() {
    SimulatedFiles files = new SimulatedFiles();
    open(files);
    FileLedger running = open(files);
    Samples samples = new Samples(6);
    running.append(List.of(signed(samples, 5, 0)));
    SimulatedFiles copy = files.afterCrash(new SplittableRandom(1));
    running.append(List.of(signed(samples, 6, 0)));
    assertThat(open(copy).origin()).isEqualTo(VoteLedger.Origin.OLD_COPY);
  }

  /** A crash while the number is renewed is no amnesia, wherever it comes. */
  @Test
  void aCrashWhileOpeningIsNotTakenForAnOldCopy() {
    for (int call = 1; call < 25; call++) {
      SimulatedFiles files = new SimulatedFiles();
      open(files);
      files.crashAt(files.calls() + call);
      try {
        open(files);
      } catch (LedgerFailedException crashed) {
        assertThat(crashed).hasMessageContaining("cannot be opened");
      }
      files = files.afterCrash(new SplittableRandom(call));
      assertThat(open(files).origin()).as("call %d", call).isEqualTo(VoteLedger.Origin.COMPLETE);
    }
  }

  @Test
  void filesGoWhenAllTheySpeakOfIsFinal() {
    SimulatedFiles files = new SimulatedFiles();
    FileLedger ledger = open(files);
    Samples samples = new Samples(4);
    for (long height = 1; height <= 2000; height++) {
      ledger.append(
          List.of(
              signed(samples, height, 0), new LedgerRecord.Signed(samples.proposal(height, 0))));
      ledger.finalised(height, Hash.ZERO);
    }
    assertThat(ledger.fileCount()).isLessThanOrEqualTo(3);
  }

  @Test
  void inADirectoryItIsLockedAndLasts(@TempDir Path directory) throws IOException {
    List<LedgerRecord> vote = List.of(signed(new Samples(5), 1, 0));
    Path key = directory.resolve("key.incarnation");
    Path votes = directory.resolve("votes");
    try (FileLedger ledger = inDirectory(votes, key, 1)) {
      ledger.trust();
      ledger.append(vote);
      assertThatThrownBy(() -> DirectoryFiles.lock(votes)).isInstanceOf(StoreLockedException.class);
    }
    try (FileLedger again = inDirectory(votes, key, 2)) {
      assertThat(again.records()).isEqualTo(vote);
      assertThat(again.origin()).isEqualTo(VoteLedger.Origin.COMPLETE);
    }
  }

  private static FileLedger inDirectory(Path votes, Path key, int id) throws IOException {
    byte[] bytes = new byte[Incarnation.SIZE];
    bytes[0] = (byte) id;
    return FileLedger.open(
        DirectoryFiles.lock(votes),
        Samples.codec(),
        Samples.Stone.FORMAT,
        new IncarnationFile(key),
        new Incarnation(Bytes.wrap(bytes)));
  }
}
