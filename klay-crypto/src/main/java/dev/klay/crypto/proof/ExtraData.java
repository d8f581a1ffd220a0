package dev.klay.crypto.proof;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A header's extra data: 32 vanity bytes, then RLP([validators, proposerSeal, committedSeals])
 * (Klaytn, {@code klaytn-consensus.md} section 1).
 *
 * @param vanity 32 bytes of free text whose last bytes hold the round of the certificate
 * @param validators addresses as the header lists them
 * @param proposerSeal 65 bytes r, s, recovery id; empty before sealing
 * @param committedSeals 65 bytes each; empty before the block is final
 */
public record ExtraData(
    Bytes vanity, List<Address> validators, Bytes proposerSeal, List<Bytes> committedSeals) {
  public static final int VANITY_SIZE = 32;
  public static final Bytes EMPTY_VANITY = Bytes.wrap(new byte[VANITY_SIZE]);

  public ExtraData {
    if (vanity.size() != VANITY_SIZE) {
      throw new DecodingException("the vanity has 32 bytes, not " + vanity.size());
    }
    validators = List.copyOf(validators);
    committedSeals = List.copyOf(committedSeals);
  }

  /**
   * Reads the bytes of a header's extra field.
   *
   * @throws DecodingException if they are too short or of another shape
   */
  public static ExtraData decode(Bytes extra) {
    if (extra.size() < VANITY_SIZE) {
      throw new DecodingException("extra data has " + extra.size() + " bytes, at least 32 are due");
    }
    RlpReader fields = RlpReader.ofSingleList(extra.slice(VANITY_SIZE, extra.size()));
    List<Address> validators = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      validators.add(list.readAddress());
    }
    Bytes proposerSeal = fields.readBytes();
    List<Bytes> committedSeals = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      committedSeals.add(list.readBytes());
    }
    fields.expectEnd();
    return new ExtraData(extra.slice(0, VANITY_SIZE), validators, proposerSeal, committedSeals);
  }

  public Bytes encode() {
    RlpWriter writer = new RlpWriter(VANITY_SIZE + 128 + 21 * validators.size());
    writer.raw(vanity);
    writer.beginList();
    writer.list(list -> validators.forEach(list::address));
    writer.bytes(proposerSeal);
    writer.list(list -> committedSeals.forEach(list::bytes));
    writer.endList();
    return writer.toBytes();
  }

  /** The round of the certificate, as the vanity's last bytes hold it. */
  public int round(SealRule rule) {
    int round = 0;
    for (int i = VANITY_SIZE - rule.roundBytes(); i < VANITY_SIZE; i++) {
      round = round << 8 | (vanity.get(i) & 0xff);
    }
    return round;
  }

  /** The same with another round in the vanity; Klaytn's form keeps its lowest byte only. */
  public ExtraData withRound(SealRule rule, int round) {
    byte[] bytes = vanity.toArray();
    for (int i = 0; i < rule.roundBytes(); i++) {
      bytes[VANITY_SIZE - 1 - i] = (byte) (round >>> (8 * i));
    }
    return new ExtraData(Bytes.wrap(bytes), validators, proposerSeal, committedSeals);
  }

  public ExtraData withProposerSeal(Bytes seal) {
    return new ExtraData(vanity, validators, seal, committedSeals);
  }

  public ExtraData withCommittedSeals(List<Bytes> seals) {
    return new ExtraData(vanity, validators, proposerSeal, seals);
  }

  /** The form that the block hash covers: no round, no committed seals. */
  public ExtraData forBlockHash(SealRule rule) {
    return withRound(rule, 0).withCommittedSeals(List.of());
  }

  /** The form that the proposer signs: no round and no seal at all. */
  public ExtraData forSigning(SealRule rule) {
    return forBlockHash(rule).withProposerSeal(Bytes.EMPTY);
  }

  /** Free text for the vanity, cut to leave room for the round and padded with zeros. */
  public static Bytes vanity(Bytes text) {
    return Bytes.wrap(Arrays.copyOf(text.slice(0, Math.min(text.size(), 28)).toArray(), 32));
  }
}
