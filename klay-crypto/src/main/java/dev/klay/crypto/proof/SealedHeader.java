package dev.klay.crypto.proof;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A block header as its RLP fields, with what finality needs of it. It knows the places of number
 * and extra data only, so that later header fields do not matter here.
 */
public final class SealedHeader {
  private static final int NUMBER_FIELD = 7;
  private static final int EXTRA_FIELD = 11;
  private static final int GOVERNANCE_FIELD = 12;

  private final List<Bytes> fields;
  private final long number;
  private final ExtraData extra;

  private SealedHeader(List<Bytes> fields, long number, ExtraData extra) {
    this.fields = fields;
    this.number = number;
    this.extra = extra;
  }

  /**
   * Reads the RLP of a header.
   *
   * @throws dev.klay.crypto.DecodingException if it is none or its extra data has another shape
   */
  public static SealedHeader decode(Bytes headerRlp) {
    RlpReader reader = RlpReader.ofSingleList(headerRlp);
    List<Bytes> fields = new ArrayList<>();
    while (reader.hasNext()) {
      fields.add(reader.readRaw());
    }
    if (fields.size() <= GOVERNANCE_FIELD) {
      throw new DecodingException("a header has more fields than " + fields.size());
    }
    long number = RlpReader.of(fields.get(NUMBER_FIELD)).readLong();
    ExtraData extra = ExtraData.decode(RlpReader.of(fields.get(EXTRA_FIELD)).readBytes());
    return new SealedHeader(List.copyOf(fields), number, extra);
  }

  public long number() {
    return number;
  }

  public ExtraData extra() {
    return extra;
  }

  /**
   * The validators of the next epoch, which the header of an epoch block of ours names; none on
   * other blocks.
   *
   * @throws DecodingException if the field holds something else
   */
  public List<Address> nextValidators() {
    Bytes field = RlpReader.of(fields.get(GOVERNANCE_FIELD)).readBytes();
    List<Address> next = new ArrayList<>();
    if (!field.isEmpty()) {
      for (RlpReader list = RlpReader.ofSingleList(field); list.hasNext(); ) {
        next.add(list.readAddress());
      }
    }
    return next;
  }

  /** The block hash: Keccak-256 of the header without round and committed seals. */
  public Hash hash(SealRule rule) {
    return Keccak256.hash(encodeWith(extra.forBlockHash(rule)));
  }

  /** The certificate that the header carries under {@link SealRule#KLAY_QBFT}. */
  public CommitCertificate certificate() {
    return new CommitCertificate(
        number, extra.round(SealRule.KLAY_QBFT), hash(SealRule.KLAY_QBFT), extra.committedSeals());
  }

  private Bytes encodeWith(ExtraData replaced) {
    return RlpWriter.encodeList(
        w -> {
          for (int i = 0; i < fields.size(); i++) {
            if (i == EXTRA_FIELD) {
              w.bytes(replaced.encode());
            } else {
              w.raw(fields.get(i));
            }
          }
        });
  }

  /** The RLP this was read from. */
  public Bytes encode() {
    return encodeWith(extra);
  }
}
