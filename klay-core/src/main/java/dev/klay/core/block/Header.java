package dev.klay.core.block;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.Seals;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.Optional;

/**
 * A block header with Klaytn's fields in Klaytn's order ({@code klaytn-blocks.md} section 1). The
 * last fields are optional and positional: each needs those before it.
 *
 * @param rewardBase receives the block's reward
 * @param stateRoot after the reward was paid
 * @param blockScore 1, except that a genesis may say otherwise
 * @param time unix time in seconds
 * @param timeFoS hundredths of a second, 0 to 255 can be encoded
 * @param extra vanity and seals, see {@link ExtraData}
 * @param governance opaque bytes at epoch blocks, else empty
 * @param vote opaque bytes of one vote, or empty
 * @param baseFee of a unit of gas, from Magma on
 * @param randomReveal 96 bytes, from Randao on
 * @param mixHash 32 bytes, from Randao on
 */
public record Header(
    Hash parentHash,
    Address rewardBase,
    Hash stateRoot,
    Hash transactionsRoot,
    Hash receiptsRoot,
    Bloom bloom,
    UInt256 blockScore,
    long number,
    long gasUsed,
    long time,
    int timeFoS,
    Bytes extra,
    Bytes governance,
    Bytes vote,
    Optional<Amount> baseFee,
    Optional<Bytes> randomReveal,
    Optional<Bytes> mixHash) {
  public Header {
    if (randomReveal.isPresent() != mixHash.isPresent()) {
      throw new DecodingException("random reveal and mix hash come together");
    }
  }

  /**
   * Reads one header.
   *
   * @throws DecodingException if it is not canonical or has another number of fields
   */
  public static Header decode(Bytes encoded) {
    return read(RlpReader.ofSingleList(encoded));
  }

  /** Reads a header from the fields of its list. */
  static Header read(RlpReader fields) {
    Header header =
        new Header(
            fields.readHash(),
            fields.readAddress(),
            fields.readHash(),
            fields.readHash(),
            fields.readHash(),
            new Bloom(fields.readBytes(Bloom.SIZE)),
            fields.readUInt256(),
            fields.readLong(),
            fields.readLong(),
            fields.readLong(),
            fields.readInt(255),
            fields.readBytes(),
            fields.readBytes(),
            fields.readBytes(),
            fields.hasNext() ? Optional.of(fields.readAmount()) : Optional.empty(),
            fields.hasNext() ? Optional.of(fields.readBytes()) : Optional.empty(),
            fields.hasNext() ? Optional.of(fields.readBytes()) : Optional.empty());
    fields.expectEnd();
    return header;
  }

  public Bytes encode() {
    RlpWriter writer = new RlpWriter(640 + extra.size());
    write(writer, extra);
    return writer.toBytes();
  }

  void write(RlpWriter writer) {
    write(writer, extra);
  }

  private void write(RlpWriter writer, Bytes extraToWrite) {
    writer
        .beginList()
        .hash(parentHash)
        .address(rewardBase)
        .hash(stateRoot)
        .hash(transactionsRoot)
        .hash(receiptsRoot)
        .bytes(bloom.bits())
        .integer(blockScore)
        .integer(number)
        .integer(gasUsed)
        .integer(time)
        .integer(timeFoS)
        .bytes(extraToWrite)
        .bytes(governance)
        .bytes(vote);
    if (baseFee.isPresent() || mixHash.isPresent()) {
      writer.amount(baseFee.orElse(Amount.ZERO));
    }
    randomReveal.ifPresent(writer::bytes);
    mixHash.ifPresent(writer::bytes);
    writer.endList();
  }

  /**
   * The extra field in its parts.
   *
   * @throws DecodingException if it has another shape, as in a genesis without validators
   */
  public ExtraData extraData() {
    return ExtraData.decode(extra);
  }

  /**
   * The block hash: without committed seals and round, so that every certificate of a block gives
   * the same one. A header whose extra field is no Istanbul data hashes as it is.
   */
  public Hash hash(SealRule rule) {
    ExtraData decoded;
    try {
      decoded = extraData();
    } catch (DecodingException plain) {
      return Keccak256.hash(encode());
    }
    return hashWith(decoded.forBlockHash(rule));
  }

  /** The hash under the proposer's seal: without any seal and round. */
  public Hash signingHash(SealRule rule) {
    return hashWith(extraData().forSigning(rule));
  }

  /**
   * The validator that made the block, recovered from its seal.
   *
   * @throws DecodingException if the header carries no such seal, as a genesis
   */
  public Address proposer(SealRule rule) {
    return Seals.proposer(signingHash(rule), extraData().proposerSeal());
  }

  private Hash hashWith(ExtraData replaced) {
    RlpWriter writer = new RlpWriter(640 + extra.size());
    write(writer, replaced.encode());
    return Keccak256.hash(writer.toBytes());
  }

  /** Unix time in milliseconds. */
  public long timestampMillis() {
    return time * 1000 + timeFoS * 10L;
  }

  /** The same header with another extra field. */
  public Header withExtra(ExtraData replaced) {
    return new Header(
        parentHash,
        rewardBase,
        stateRoot,
        transactionsRoot,
        receiptsRoot,
        bloom,
        blockScore,
        number,
        gasUsed,
        time,
        timeFoS,
        replaced.encode(),
        governance,
        vote,
        baseFee,
        randomReveal,
        mixHash);
  }
}
