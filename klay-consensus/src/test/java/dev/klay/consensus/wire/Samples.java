package dev.klay.consensus.wire;

import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.PreparedClaim;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import dev.klay.crypto.proof.ConsensusDigest;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Messages drawn by a seed, really signed. */
public final class Samples {
  public static final Hash GENESIS = Hash.fromHex("0x" + "77".repeat(32));
  private static final List<PrivateKey> KEYS = keys();

  private final SplittableRandom random;

  public Samples(long seed) {
    random = new SplittableRandom(seed);
  }

  private static List<PrivateKey> keys() {
    List<PrivateKey> keys = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      byte[] secret = new byte[32];
      secret[31] = (byte) i;
      keys.add(PrivateKey.of(secret));
    }
    return keys;
  }

  /** A block that is a number and some bytes. */
  public record Stone(long number, Bytes filling) implements ProposedBlock {
    public static final BlockFormat FORMAT =
        new BlockFormat() {
          @Override
          public ProposedBlock decode(Bytes encoded) {
            RlpReader fields = RlpReader.ofSingleList(encoded);
            Stone stone = new Stone(fields.readLong(), fields.readBytes());
            fields.expectEnd();
            return stone;
          }

          @Override
          public FinalBlock decodeSealed(Bytes encoded) {
            RlpReader fields = RlpReader.ofSingleList(encoded);
            ProposedBlock block = decode(fields.readRaw());
            int round = fields.readInt(WireLimits.ROUND_MAX);
            List<Bytes> seals = new ArrayList<>();
            for (RlpReader list = fields.readList(); list.hasNext(); ) {
              seals.add(list.readBytes(65));
            }
            fields.expectEnd();
            return new FinalBlock(
                block, new CommitCertificate(block.number(), round, block.hash(), seals));
          }
        };

    @Override
    public Hash hash() {
      return Keccak256.hash(encode());
    }

    @Override
    public Hash parentHash() {
      return Hash.ZERO;
    }

    @Override
    public long timestampMillis() {
      return 0;
    }

    @Override
    public Address builder() {
      throw new DecodingException("a stone has no builder");
    }

    @Override
    public Bytes encode() {
      return RlpWriter.encodeList(w -> w.integer(number).bytes(filling));
    }

    @Override
    public Bytes encodeSealed(CommitCertificate certificate) {
      return RlpWriter.encodeList(
          w ->
              w.raw(encode())
                  .integer(certificate.round())
                  .list(list -> certificate.seals().forEach(list::bytes)));
    }
  }

  public static MessageCodec codec() {
    return new MessageCodec(GENESIS, SignerRecovery.SECP256K1, Stone.FORMAT);
  }

  public Stone block(long number) {
    byte[] filling = new byte[random.nextInt(300)];
    random.nextBytes(filling);
    return new Stone(number, Bytes.wrap(filling));
  }

  private PrivateKey key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  private static Hash digest(int type, long height, int round, Hash hash) {
    return ConsensusDigest.ofBlock(type, GENESIS, height, round, hash);
  }

  public Prepare prepare(long height, int round, Hash hash) {
    PrivateKey key = key();
    Hash digest = digest(ConsensusDigest.PREPARE, height, round, hash);
    return new Prepare(height, round, hash, key.address(), key.sign(digest).encode());
  }

  public Commit commit(long height, int round, Hash hash) {
    PrivateKey key = key();
    Hash digest = digest(ConsensusDigest.COMMIT, height, round, hash);
    return new Commit(height, round, hash, key.address(), key.sign(digest).encode());
  }

  public RoundChange change(long height, int round) {
    PrivateKey key = key();
    if (random.nextBoolean()) {
      Hash digest = ConsensusDigest.ofRoundChange(GENESIS, height, round);
      return new RoundChange(
          height,
          round,
          Optional.empty(),
          key.address(),
          key.sign(digest).encode(),
          List.of(),
          Optional.empty());
    }
    Stone block = block(height);
    PreparedClaim claim = new PreparedClaim(random.nextInt(round), block.hash());
    Hash digest =
        ConsensusDigest.ofRoundChange(GENESIS, height, round, claim.round(), claim.hash());
    return new RoundChange(
        height,
        round,
        Optional.of(claim),
        key.address(),
        key.sign(digest).encode(),
        List.of(prepare(height, claim.round(), claim.hash())),
        random.nextBoolean() ? Optional.of(block) : Optional.empty());
  }

  public Proposal proposal(long height, int round) {
    PrivateKey key = key();
    Stone block = block(height);
    Hash digest = digest(ConsensusDigest.PROPOSAL, height, round, block.hash());
    return new Proposal(
        height,
        round,
        block.hash(),
        key.address(),
        key.sign(digest).encode(),
        block,
        round == 0
            ? List.of()
            : List.of(change(height, round).head(), change(height, round).head()),
        round == 0 ? List.of() : List.of(prepare(height, round - 1, block.hash())));
  }

  /** A message of any kind. */
  public Message any() {
    long height = random.nextLong(1, Long.MAX_VALUE);
    int round = random.nextInt(WireLimits.ROUND_MAX) + 1;
    return switch (random.nextInt(4)) {
      case 0 -> proposal(height, random.nextBoolean() ? 0 : round);
      case 1 -> prepare(height, round, block(height).hash());
      case 2 -> commit(height, round, block(height).hash());
      default -> change(height, round);
    };
  }

  public FinalBlock sealed(long height) {
    Stone block = block(height);
    List<Bytes> seals = List.of(commit(height, 2, block.hash()).signature());
    return new FinalBlock(block, new CommitCertificate(height, 2, block.hash(), seals));
  }
}
