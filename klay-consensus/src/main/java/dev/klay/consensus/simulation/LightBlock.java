package dev.klay.consensus.simulation;

import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.wire.BlockFormat;
import dev.klay.core.config.Ballot;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block without transactions but with all that consensus cares for: link, time, builder,
 * validators, ballot and the next epoch's validators. Its payload is a list of numbers, of which
 * none may be in the chain twice. Immutable.
 */
final class LightBlock implements ProposedBlock {
  static final BlockFormat FORMAT =
      new BlockFormat() {
        @Override
        public ProposedBlock decode(Bytes encoded) {
          return new LightBlock(RlpReader.ofSingleList(encoded));
        }

        @Override
        public FinalBlock decodeSealed(Bytes encoded) {
          RlpReader fields = RlpReader.ofSingleList(encoded);
          LightBlock block = new LightBlock(fields.readList());
          int round = fields.readInt(Integer.MAX_VALUE);
          List<Bytes> seals = new ArrayList<>();
          for (RlpReader list = fields.readList(); list.hasNext(); ) {
            seals.add(list.readBytes());
          }
          fields.expectEnd();
          return new FinalBlock(
              block, new CommitCertificate(block.number, round, block.hash(), seals));
        }
      };

  private final long number;
  private final Hash parentHash;
  private final long timestampMillis;
  private final Address builder;
  private final long salt;
  private final List<Address> validators;
  private final Optional<Ballot> ballot;
  private final List<Address> nextValidators;
  private final List<Long> payload;
  private final Bytes encoded;
  private final Hash hash;

  LightBlock(
      long number,
      Hash parentHash,
      long timestampMillis,
      Address builder,
      long salt,
      List<Address> validators,
      Optional<Ballot> ballot,
      List<Address> nextValidators,
      List<Long> payload) {
    this.number = number;
    this.parentHash = parentHash;
    this.timestampMillis = timestampMillis;
    this.builder = builder;
    this.salt = salt;
    this.validators = List.copyOf(validators);
    this.ballot = ballot;
    this.nextValidators = List.copyOf(nextValidators);
    this.payload = List.copyOf(payload);
    this.encoded = write();
    this.hash = Keccak256.hash(encoded);
  }

  private LightBlock(RlpReader fields) {
    this(
        fields.readLong(),
        fields.readHash(),
        fields.readLong(),
        fields.readAddress(),
        fields.readLong(),
        addresses(fields.readList()),
        readBallot(fields.readList()),
        addresses(fields.readList()),
        numbers(fields.readList()));
    fields.expectEnd();
  }

  private static List<Address> addresses(RlpReader list) {
    List<Address> found = new ArrayList<>();
    while (list.hasNext()) {
      found.add(list.readAddress());
    }
    return found;
  }

  private static List<Long> numbers(RlpReader list) {
    List<Long> found = new ArrayList<>();
    while (list.hasNext()) {
      found.add(list.readLong());
    }
    return found;
  }

  private static Optional<Ballot> readBallot(RlpReader list) {
    if (!list.hasNext()) {
      return Optional.empty();
    }
    Ballot ballot = new Ballot(list.readAddress(), list.readBoolean());
    list.expectEnd();
    return Optional.of(ballot);
  }

  private Bytes write() {
    return RlpWriter.encodeList(
        w -> {
          w.integer(number).hash(parentHash).integer(timestampMillis).address(builder);
          w.integer(salt);
          w.list(list -> validators.forEach(list::address));
          w.list(list -> ballot.ifPresent(b -> list.address(b.target()).bool(b.adds())));
          w.list(list -> nextValidators.forEach(list::address));
          w.list(list -> payload.forEach(list::integer));
        });
  }

  /** The same block made once more, with another hash. */
  LightBlock variant(long otherSalt) {
    return with(timestampMillis, otherSalt, validators);
  }

  /** The same block at another time. */
  LightBlock at(long otherMillis) {
    return with(otherMillis, salt, validators);
  }

  /** A block that no honest node finds valid. */
  LightBlock invalid() {
    return with(timestampMillis, salt, validators.subList(0, validators.size() - 1));
  }

  /** The same block by somebody else. */
  LightBlock by(Address other, long otherSalt) {
    return new LightBlock(
        number,
        parentHash,
        timestampMillis,
        other,
        otherSalt,
        validators,
        ballot,
        nextValidators,
        payload);
  }

  private LightBlock with(long time, long otherSalt, List<Address> otherValidators) {
    return new LightBlock(
        number,
        parentHash,
        time,
        builder,
        otherSalt,
        otherValidators,
        ballot,
        nextValidators,
        payload);
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Hash hash() {
    return hash;
  }

  @Override
  public Hash parentHash() {
    return parentHash;
  }

  @Override
  public long timestampMillis() {
    return timestampMillis;
  }

  @Override
  public Address builder() {
    return builder;
  }

  long salt() {
    return salt;
  }

  List<Address> validators() {
    return validators;
  }

  Optional<Ballot> ballot() {
    return ballot;
  }

  List<Address> nextValidators() {
    return nextValidators;
  }

  List<Long> payload() {
    return payload;
  }

  @Override
  public Bytes encode() {
    return encoded;
  }

  @Override
  public Bytes encodeSealed(CommitCertificate certificate) {
    return RlpWriter.encodeList(
        w -> {
          w.raw(encoded).integer(certificate.round());
          w.list(list -> certificate.seals().forEach(list::bytes));
        });
  }

  @Override
  public String toString() {
    return "block " + number + " " + hash;
  }
}
