package dev.klay.consensus.transport.tcp;

import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Message;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.PreparedClaim;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.consensus.bft.Status;
import dev.klay.consensus.node.ExecutedChain;
import dev.klay.consensus.transport.Frame;
import dev.klay.consensus.wire.FrameCodec;
import dev.klay.consensus.wire.MessageCodec;
import dev.klay.consensus.wire.SignerRecovery;
import dev.klay.consensus.wire.WireLimits;
import dev.klay.core.block.Block;
import dev.klay.core.block.Header;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.MemoTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What a hostile peer sends: well-formed, really signed with its own key, and useless. */
final class HostileFrames {
  private static final int LARGE_BLOCK_BYTES = 512 << 10;
  private static final int ROUNDS = 4000;

  private final ChainSpec spec;
  private final Hash genesisHash;
  private final PrivateKey key;
  private final SplittableRandom random;
  private final FrameCodec codec;
  private final Header header;

  HostileFrames(ChainSpec spec, PrivateKey key, long seed) {
    Block genesis = spec.genesis().block(spec.sealRule(), spec.genesis().state());
    this.spec = spec;
    this.genesisHash = genesis.hash();
    this.header = genesis.header();
    this.key = key;
    this.random = new SplittableRandom(seed);
    this.codec =
        new FrameCodec(
            new MessageCodec(genesisHash, SignerRecovery.SECP256K1, ExecutedChain.FORMAT),
            ExecutedChain.FORMAT,
            new WireLimits(spec.blockSizeMaxBytes()));
  }

  Hello hello(dev.klay.consensus.NodeRole role) {
    return new Hello(
        Hello.VERSION, Hello.MINOR, spec.chainId(), genesisHash, spec.parametersHash(), role, 0);
  }

  Bytes garbage() {
    byte[] bytes = new byte[random.nextInt(1, 400)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /** Claims any height at all, and to know nothing of it. */
  Bytes status(long height) {
    Status status = new Status(height, hash(), 0, false, new BitSet(), new BitSet(), new BitSet());
    return codec.encode(new Frame.Knowledge(status, random.nextLong(1L << 50)));
  }

  Bytes anyStatus() {
    return status(random.nextInt(3) == 0 ? random.nextLong(Long.MAX_VALUE) : random.nextLong(100));
  }

  Bytes getBlocks() {
    return codec.encode(new Frame.GetBlocks(1, 128, Integer.MAX_VALUE));
  }

  Bytes getBlock(long height) {
    return codec.encode(new Frame.GetBlock(height, hash()));
  }

  /** Blocks of low heights with seals of nobody. */
  Bytes fakeBlocks() {
    List<FinalBlock> blocks = new ArrayList<>();
    for (long number = 1; number <= 8; number++) {
      List<Bytes> seals = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        seals.add(key.sign(hash()).encode());
      }
      Block block = block(number, 100);
      blocks.add(
          ExecutedChain.FORMAT.decodeSealed(
              block.withExtra(block.header().extraData().withCommittedSeals(seals)).encode()));
    }
    return codec.encode(new Frame.FinalBlocks(blocks));
  }

  /** A batch of transactions of an account that owns nothing. */
  Bytes transactions(int count) {
    List<SignedTx> txs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      txs.add(memo(random.nextLong(1 << 20), 10));
    }
    return codec.encode(new Frame.Transactions(txs));
  }

  /** As many hashes as may be, of transactions that nobody has. */
  Bytes announcement() {
    return codec.encode(new Frame.Announcement(hashes()));
  }

  Bytes getTransactions() {
    return codec.encode(new Frame.GetTransactions(hashes()));
  }

  private List<Hash> hashes() {
    return Stream.generate(this::hash).limit(Frame.Announcement.MAX).toList();
  }

  Bytes vote(long height, int round) {
    Hash hash = hash();
    Hash digest = digest(ConsensusDigest.COMMIT, height, round, hash);
    return encode(new Commit(height, round, hash, key.address(), key.sign(digest).encode()));
  }

  /** Evidence against itself, which anybody can make. */
  Bytes evidence(long height) {
    return codec.encode(
        new Frame.Caught(
            new Evidence(Evidence.Kind.TWO_PREPARES, prepare(height, 0), prepare(height, 0))));
  }

  /** A round change of a later round that claims a large block which nobody prepared. */
  Bytes hugeClaim(long height) {
    int round = random.nextInt(2, ROUNDS);
    ProposedBlock block = proposed(height);
    PreparedClaim claim = new PreparedClaim(round - 1, block.hash());
    Hash digest =
        ConsensusDigest.ofRoundChange(genesisHash, height, round, claim.round(), claim.hash());
    return encode(
        new RoundChange(
            height,
            round,
            Optional.of(claim),
            key.address(),
            key.sign(digest).encode(),
            Collections.nCopies(3, prepare(height, round - 1)),
            Optional.of(block)));
  }

  /** A large proposal, whether it is this node's turn or not. */
  Bytes proposal(long height) {
    ProposedBlock block = proposed(height);
    Hash digest = digest(ConsensusDigest.PROPOSAL, height, 0, block.hash());
    return encode(
        new Proposal(
            height,
            0,
            block.hash(),
            key.address(),
            key.sign(digest).encode(),
            block,
            List.of(),
            List.of()));
  }

  private Prepare prepare(long height, int round) {
    Hash hash = hash();
    Hash digest = digest(ConsensusDigest.PREPARE, height, round, hash);
    return new Prepare(height, round, hash, key.address(), key.sign(digest).encode());
  }

  private Bytes encode(Message message) {
    return codec.encode(new Frame.Vote(message));
  }

  private Hash digest(int type, long height, int round, Hash hash) {
    return ConsensusDigest.ofBlock(type, genesisHash, height, round, hash);
  }

  private ProposedBlock proposed(long number) {
    return ExecutedChain.FORMAT.decode(block(number, LARGE_BLOCK_BYTES).encode());
  }

  private Block block(long number, int bytes) {
    Header numbered =
        new Header(
            hash(),
            header.rewardBase(),
            header.stateRoot(),
            header.transactionsRoot(),
            header.receiptsRoot(),
            header.bloom(),
            header.blockScore(),
            number,
            header.gasUsed(),
            header.time(),
            header.timeFoS(),
            header.extra(),
            header.governance(),
            header.vote(),
            header.baseFee(),
            header.randomReveal(),
            header.mixHash());
    return Block.of(SealRule.KLAY_QBFT, numbered, List.of(memo(number, bytes)));
  }

  private SignedTx memo(long nonce, int bytes) {
    return SignedTx.sign(
        new MemoTx(
            new TxHead(nonce, Amount.ston(25), 100_000),
            FeeDelegation.NONE,
            key.address(),
            Address.ZERO,
            Amount.ZERO,
            Bytes.wrap(new byte[bytes])),
        spec.chainId(),
        key);
  }

  private Hash hash() {
    byte[] bytes = new byte[Hash.SIZE];
    random.nextBytes(bytes);
    return Hash.wrap(bytes);
  }
}
