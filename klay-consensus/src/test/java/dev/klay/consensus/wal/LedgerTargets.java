package dev.klay.consensus.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.consensus.bft.PreparedCertificate;
import dev.klay.consensus.wire.Samples;
import dev.klay.core.storage.disk.SimulatedFiles;
import dev.klay.core.storage.disk.StoreFile;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.fuzz.FuzzTarget;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The vote ledger's files, should somebody have written into them. */
public enum LedgerTargets implements FuzzTarget {
  /** A record's body, whose checksum is right. */
  LEDGER_ENTRIES {
    @Override
    boolean read(byte[] input) {
      RlpWriter again = new RlpWriter();
      CODEC.readAll(Bytes.wrap(input)).forEach(entry -> CODEC.write(again, entry));
      assertThat(again.toArray()).isEqualTo(input);
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(body());
    }
  },

  LEDGER_FILE {
    @Override
    boolean read(byte[] input) {
      SimulatedFiles files = new SimulatedFiles();
      try (StoreFile file = files.open("votes-0000000000000001")) {
        file.write(ByteBuffer.wrap(input), 0);
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
      Incarnation fresh = new Incarnation(Bytes.wrap(new byte[Incarnation.SIZE]));
      try (FileLedger ledger =
          FileLedger.open(files, Samples.codec(), Samples.Stone.FORMAT, new NoMemo(), fresh)) {
        return !ledger.records().isEmpty();
      } catch (CorruptLedgerException refused) {
        return false;
      }
    }

    @Override
    public List<byte[]> seeds() {
      ByteBuffer one = new LedgerFrame(1, 6, body()).encode();
      ByteBuffer two = new LedgerFrame(2, 7, new byte[] {(byte) 0xc3, 3, 7, 1}).encode();
      byte[] both = new byte[one.remaining() + two.remaining()];
      ByteBuffer.wrap(both).put(one).put(two);
      return List.of(both);
    }
  };

  private static final LedgerEntry.Codec CODEC =
      new LedgerEntry.Codec(Samples.codec(), Samples.Stone.FORMAT);

  abstract boolean read(byte[] input);

  @Override
  public boolean accepts(byte[] input) {
    try {
      return read(input);
    } catch (DecodingException refused) {
      return false;
    }
  }

  /** One of each kind of entry. */
  private static byte[] body() {
    Samples samples = new Samples(4);
    Samples.Stone block = samples.block(5);
    RlpWriter writer = new RlpWriter();
    for (LedgerRecord record :
        List.of(
            new LedgerRecord.Signed(samples.proposal(5, 0)),
            new LedgerRecord.Signed(samples.change(5, 2)),
            new LedgerRecord.Round(5, 3),
            new LedgerRecord.Prepared(
                5,
                new PreparedCertificate(3, block, List.of(samples.prepare(5, 3, block.hash())))))) {
      CODEC.write(writer, new LedgerEntry.Vote(record));
    }
    CODEC.write(writer, new LedgerEntry.Final(4, Hash.ZERO));
    return writer.toArray();
  }

  /** Nothing is kept beside the key. */
  private static final class NoMemo implements Incarnation.Memo {
    @Override
    public Optional<Incarnation> read() {
      return Optional.empty();
    }

    @Override
    public void write(Incarnation incarnation) {}

    @Override
    public long notedHeight() {
      return 0;
    }

    @Override
    public void noteHeight(long height) {}
  }
}
