package dev.klay.core.block;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a contract reported during a transaction.
 *
 * @param topics at most four
 */
public record Log(Address address, List<Hash> topics, Bytes data) {
  public Log {
    topics = List.copyOf(topics);
  }

  static Log read(RlpReader reader) {
    RlpReader fields = reader.readList();
    Address address = fields.readAddress();
    List<Hash> topics = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      topics.add(list.readHash());
    }
    Bytes data = fields.readBytes();
    fields.expectEnd();
    return new Log(address, topics, data);
  }

  void write(RlpWriter writer) {
    writer.beginList().address(address);
    writer.list(list -> topics.forEach(list::hash));
    writer.bytes(data).endList();
  }
}
