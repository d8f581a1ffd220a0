package dev.klay.consensus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.bft.Commit;
import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.FinalBlock;
import dev.klay.consensus.bft.Proposal;
import dev.klay.consensus.bft.ProposedBlock;
import dev.klay.consensus.bft.Status;
import dev.klay.consensus.node.ExecutedChain;
import dev.klay.consensus.transport.Frame;
import dev.klay.core.block.Block;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.Genesis;
import dev.klay.core.transaction.FeeDelegation;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.TxHead;
import dev.klay.core.transaction.ValueTransferTx;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.fuzz.FuzzTarget;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ConsensusDigest;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Frames of peers: of the protocol with all that is attached, and of sync and status. */
public enum WireTargets implements FuzzTarget {
  /** Votes, claims and proposals of made-up blocks. */
  MESSAGE {
    @Override
    FrameCodec codec() {
      return new FrameCodec(Samples.codec(), Samples.Stone.FORMAT, LIMITS);
    }

    @Override
    Stream<Frame> frames() {
      return LongStream.range(0, 12).mapToObj(seed -> new Frame.Vote(new Samples(seed).any()));
    }
  },

  /** Everything else, and proposals, with blocks as chains have them. */
  FRAME {
    @Override
    FrameCodec codec() {
      return new FrameCodec(
          new MessageCodec(Samples.GENESIS, SignerRecovery.SECP256K1, ExecutedChain.FORMAT),
          ExecutedChain.FORMAT,
          LIMITS);
    }

    @Override
    Stream<Frame> frames() {
      Samples samples = new Samples(1);
      Commit one = samples.commit(7, 1, samples.block(7).hash());
      Commit other = samples.commit(7, 1, samples.block(7).hash());
      BitSet bits = BitSet.valueOf(new long[] {0b1011});
      FinalBlock block = sealed();
      return Stream.of(
          new Frame.Knowledge(
              new Status(9, Hash.ZERO, 3, true, bits, new BitSet(), bits), 1_700_000_000_000L),
          new Frame.GetBlocks(5, 128, 1 << 20),
          new Frame.GetBlock(12, Hash.ZERO),
          new Frame.FinalBlocks(List.of(block, block)),
          new Frame.Final(block),
          new Frame.Caught(new Evidence(Evidence.Kind.TWO_COMMITS, one, other)),
          new Frame.Vote(proposal(block.block())),
          new Frame.Transactions(List.of(transfer())),
          new Frame.Announcement(List.of(Hash.ZERO, block.hash())),
          new Frame.GetTransactions(List.of(Hash.ZERO)));
    }
  };

  private static final WireLimits LIMITS = new WireLimits(1 << 16);
  private static final PrivateKey KEY =
      DevKeys.ofValidator(DevKeys.validatorAddresses(1).get(0)).orElseThrow();

  /** The genesis block with a transaction and a certificate, as little as either would pass. */
  private static FinalBlock sealed() {
    Genesis genesis = ChainSpec.aspen().withValidators(4).genesis();
    Block block =
        Block.of(
            SealRule.KLAY_QBFT,
            genesis.block(SealRule.KLAY_QBFT, genesis.state()).header(),
            List.of(transfer()));
    Bytes seal = new Samples(2).commit(0, 3, block.hash()).signature();
    return ExecutedChain.FORMAT.decodeSealed(
        block
            .withExtra(
                block
                    .header()
                    .extraData()
                    .withRound(SealRule.KLAY_QBFT, 3)
                    .withCommittedSeals(List.of(seal)))
            .encode());
  }

  private static Proposal proposal(ProposedBlock block) {
    Hash digest =
        ConsensusDigest.ofBlock(ConsensusDigest.PROPOSAL, Samples.GENESIS, 0, 1, block.hash());
    Samples samples = new Samples(3);
    return new Proposal(
        0,
        1,
        block.hash(),
        KEY.address(),
        KEY.sign(digest).encode(),
        block,
        List.of(samples.change(0, 1).head(), samples.change(0, 1).head()),
        List.of(samples.prepare(0, 0, block.hash())));
  }

  private static SignedTx transfer() {
    return SignedTx.sign(
        new ValueTransferTx(
            new TxHead(7, Amount.ston(25), 21_000),
            FeeDelegation.NONE,
            KEY.address(),
            Address.ZERO,
            Amount.klay(1)),
        1000,
        KEY);
  }

  abstract FrameCodec codec();

  abstract Stream<Frame> frames();

  @Override
  public boolean accepts(byte[] input) {
    try {
      Bytes bytes = Bytes.wrap(input);
      Frame frame = codec().decode(bytes);
      assertThat(codec().encode(frame)).isEqualTo(bytes);
      return true;
    } catch (DecodingException refused) {
      return false;
    }
  }

  @Override
  public List<byte[]> seeds() {
    return frames().map(frame -> codec().encode(frame).toArray()).toList();
  }
}
