package dev.klay.core.block;

import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a receipt that the receipts root covers ({@code klaytn-blocks.md} section 5): unlike
 * Ethereum's, without a type byte and with the gas of this transaction alone.
 *
 * @param status 1 for success, otherwise Klaytn's number of the reason
 * @param gasUsed by this transaction
 */
public record ConsensusReceipt(int status, long gasUsed, Bloom bloom, List<Log> logs) {
  public static final int SUCCESS = 1;

  public ConsensusReceipt {
    logs = List.copyOf(logs);
  }

  /** A receipt with the bloom of its logs. */
  public static ConsensusReceipt of(int status, long gasUsed, List<Log> logs) {
    return new ConsensusReceipt(status, gasUsed, Bloom.of(logs), logs);
  }

  public static ConsensusReceipt decode(Bytes encoded) {
    RlpReader fields = RlpReader.ofSingleList(encoded);
    int status = fields.readInt(0xff);
    long gasUsed = fields.readLong();
    Bloom bloom = new Bloom(fields.readBytes(Bloom.SIZE));
    List<Log> logs = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      logs.add(Log.read(list));
    }
    fields.expectEnd();
    return new ConsensusReceipt(status, gasUsed, bloom, logs);
  }

  public Bytes encode() {
    RlpWriter writer = new RlpWriter(300);
    writer.beginList().integer(status).integer(gasUsed).bytes(bloom.bits());
    writer.beginList();
    logs.forEach(log -> log.write(writer));
    return writer.endList().endList().toBytes();
  }

  public boolean isSuccess() {
    return status == SUCCESS;
  }
}
