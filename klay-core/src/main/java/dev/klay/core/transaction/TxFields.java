package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/** Encodings of single fields that several types share. */
final class TxFields {
  private TxFields() {}

  /** Twenty bytes, or the empty string for none. */
  static Optional<Address> readRecipient(RlpReader fields) {
    if (fields.nextIsEmptyString()) {
      fields.skip();
      return Optional.empty();
    }
    return Optional.of(fields.readAddress());
  }

  static void writeRecipient(RlpWriter writer, Optional<Address> to) {
    to.ifPresentOrElse(writer::address, () -> writer.integer(0));
  }
}
