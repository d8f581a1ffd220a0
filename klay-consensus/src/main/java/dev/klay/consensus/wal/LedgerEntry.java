package dev.klay.consensus.wal;

import dev.klay.consensus.bft.LedgerRecord;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.PreparedCertificate;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.wire.BlockFormat;
import dev.klay.consensus.wire.MessageCodec;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;

/** One entry of a ledger file: what the machine must not forget, or that a height is final. */
sealed interface LedgerEntry {
  int SIGNED = 1;
  int PREPARED = 2;
  int ROUND = 3;
  int FINAL = 4;

  record Vote(LedgerRecord record) implements LedgerEntry {}

  record Final(long height, Hash hash) implements LedgerEntry {}

  /** Writes and reads entries as RLP([kind, fields...]). */
  record Codec(MessageCodec messages, BlockFormat blocks) {
    void write(RlpWriter w, LedgerEntry entry) {
      w.beginList();
      if (entry instanceof Final end) {
        w.integer(FINAL).integer(end.height()).hash(end.hash());
      } else {
        write(w, ((Vote) entry).record());
      }
      w.endList();
    }

    private void write(RlpWriter w, LedgerRecord record) {
      if (record instanceof LedgerRecord.Signed signed) {
        w.integer(SIGNED).raw(messages.encode(signed.message()));
      } else if (record instanceof LedgerRecord.Prepared prepared) {
        PreparedCertificate certificate = prepared.certificate();
        w.integer(PREPARED).integer(prepared.height()).integer(certificate.round());
        w.raw(certificate.block().encode());
        w.list(list -> certificate.prepares().forEach(p -> list.raw(messages.encode(p))));
      } else if (record instanceof LedgerRecord.Round round) {
        w.integer(ROUND).integer(round.height()).integer(round.round());
      } else {
        throw new AssertionError("a record that nobody writes: " + record);
      }
    }

    /** Reads the entries of one record's body. */
    List<LedgerEntry> readAll(Bytes body) {
      List<LedgerEntry> entries = new ArrayList<>();
      for (RlpReader reader = RlpReader.of(body); reader.hasNext(); ) {
        RlpReader fields = reader.readList();
        entries.add(read(fields));
        fields.expectEnd();
      }
      return entries;
    }

    private LedgerEntry read(RlpReader fields) {
      int kind = fields.readInt(0xff);
      return switch (kind) {
        case SIGNED -> new Vote(new LedgerRecord.Signed(messages.decode(fields.readRaw())));
        case PREPARED -> {
          long height = fields.readLong();
          int round = fields.readInt(Integer.MAX_VALUE);
          ProposedBlock block = blocks.decode(fields.readRaw());
          List<Prepare> prepares = new ArrayList<>();
          for (RlpReader list = fields.readList(); list.hasNext(); ) {
            prepares.add(prepare(messages.decode(list.readRaw())));
          }
          yield new Vote(
              new LedgerRecord.Prepared(height, new PreparedCertificate(round, block, prepares)));
        }
        case ROUND ->
            new Vote(new LedgerRecord.Round(fields.readLong(), fields.readInt(Integer.MAX_VALUE)));
        case FINAL -> new Final(fields.readLong(), fields.readHash());
        default -> throw new DecodingException("no ledger entry has kind " + kind);
      };
    }

    private static Prepare prepare(Message message) {
      if (message instanceof Prepare prepare) {
        return prepare;
      }
      throw new DecodingException("what proves a prepared block is no prepare");
    }
  }
}
