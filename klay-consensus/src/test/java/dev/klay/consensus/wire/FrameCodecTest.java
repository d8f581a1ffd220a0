package dev.klay.consensus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.consensus.bft.Evidence;
import dev.klay.consensus.bft.Prepare;
import dev.klay.consensus.bft.RoundChange;
import dev.klay.consensus.bft.Status;
import dev.klay.consensus.transport.Frame;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
  private static final WireLimits LIMITS = new WireLimits(1 << 16);
  private final FrameCodec codec = new FrameCodec(Samples.codec(), Samples.Stone.FORMAT, LIMITS);

  @Property(tries = 300)
  void signedMessagesComeBackWithTheirSigners(@ForAll long seed) {
    Frame frame = new Frame.Vote(new Samples(seed).any());
    Bytes encoded = codec.encode(frame);
    assertThat(codec.decode(encoded)).isEqualTo(frame);
    assertThat(codec.encode(codec.decode(encoded))).isEqualTo(encoded);
  }

  @Property(tries = 200)
  void controlFramesComeBack(@ForAll long seed) {
    Samples samples = new Samples(seed);
    Prepare one = samples.prepare(7, 1, samples.block(7).hash());
    Prepare other = samples.prepare(7, 1, samples.block(7).hash());
    BitSet bits = BitSet.valueOf(new long[] {seed & 0xffff});
    List<Frame> frames =
        List.of(
            new Frame.Knowledge(
                new Status(9, Hash.ZERO, 3, true, bits, new BitSet(), bits), 1_700_000_000_000L),
            new Frame.GetBlocks(5, 128, 1 << 20),
            new Frame.FinalBlocks(List.of(samples.sealed(5), samples.sealed(6))),
            new Frame.GetBlock(12, samples.block(12).hash()),
            new Frame.Final(samples.sealed(8)),
            new Frame.Caught(new Evidence(Evidence.Kind.TWO_PREPARES, one, other)),
            new Frame.Transactions(List.of()),
            new Frame.Announcement(List.of(Hash.ZERO, samples.block(3).hash())),
            new Frame.GetTransactions(Collections.nCopies(256, samples.block(4).hash())));
    for (Frame frame : frames) {
      assertThat(codec.decode(codec.encode(frame))).isEqualTo(frame);
    }
  }

  /** Whatever bit of a frame turns, the reader refuses, or reads what gives these very bytes. */
  @Property(tries = 1000)
  void aChangedFrameIsRefusedOrIsAnotherFrame(@ForAll long seed, @ForAll int bit) {
    byte[] bytes = codec.encode(new Frame.Vote(new Samples(seed).any())).toArray();
    int at = Math.floorMod(bit, bytes.length * 8);
    bytes[at / 8] ^= (byte) (1 << at % 8);
    assertCanonicalOrRefused(Bytes.wrap(bytes));
  }

  @Property(tries = 1000)
  void noBytesDoMoreThanBeingRefused(@ForAll byte[] bytes) {
    assertCanonicalOrRefused(Bytes.wrap(bytes));
  }

  private void assertCanonicalOrRefused(Bytes bytes) {
    Frame frame;
    try {
      frame = codec.decode(bytes);
    } catch (DecodingException refused) {
      return;
    }
    assertThat(codec.encode(frame)).isEqualTo(bytes);
  }

  @Test
  void aVoteIsRefusedBeyondItsSizeBeforeAnythingIsRead() {
    Bytes padded =
        RlpWriter.encodeList(
            w -> w.integer(FrameType.PREPARE).bytes(new byte[WireLimits.VOTE_BYTES_MAX]));
    assertThatThrownBy(() -> codec.decode(padded))
        .isInstanceOf(DecodingException.class)
        .hasMessageContaining("bytes");
    Bytes huge = Bytes.wrap(new byte[3 * LIMITS.largeBytesMax()]);
    assertThatThrownBy(() -> codec.decode(huge)).hasMessageContaining("a frame of");
  }

  @Test
  void moreAttachmentsThanValidatorsAreRefused() {
    Samples samples = new Samples(1);
    RoundChange change = samples.change(3, 2);
    Prepare vote = samples.prepare(3, 1, samples.block(3).hash());
    RoundChange stuffed =
        new RoundChange(
            change.height(),
            change.round(),
            change.claim(),
            change.author(),
            change.signature(),
            Collections.nCopies(WireLimits.VALIDATORS_MAX + 1, vote),
            Optional.empty());
    Bytes encoded = codec.encode(new Frame.Vote(stuffed));
    assertThatThrownBy(() -> codec.decode(encoded)).hasMessageContaining("attached");
  }

  @Test
  void trailingFieldsNonMinimalNumbersAndUnknownTypesAreRefused() {
    List<Bytes> bad =
        List.of(
            RlpWriter.encodeList(
                w -> w.integer(FrameType.GET_BLOCK).integer(1).hash(Hash.ZERO).integer(1)),
            RlpWriter.encodeList(
                w -> w.integer(FrameType.GET_BLOCK).bytes(new byte[] {0, 1}).hash(Hash.ZERO)),
            RlpWriter.encodeList(w -> w.integer(0x27).integer(1)),
            RlpWriter.encodeList(
                w -> w.integer(FrameType.GET_BLOCKS).integer(1).integer(129).integer(1)));
    for (Bytes frame : bad) {
      assertThatThrownBy(() -> codec.decode(frame)).isInstanceOf(DecodingException.class);
    }
  }

  @Test
  void aRoundBeyondTheLimitIsRefused() {
    Bytes encoded =
        codec.encode(
            new Frame.Vote(new Samples(5).prepare(3, WireLimits.ROUND_MAX + 1, Hash.ZERO)));
    assertThatThrownBy(() -> codec.decode(encoded)).isInstanceOf(DecodingException.class);
  }

  @Test
  void signersAreRememberedUpToALimit() {
    int[] recovered = {0};
    CachedRecovery cache =
        new CachedRecovery(
            (digest, signature) -> {
              recovered[0]++;
              return SignerRecovery.SECP256K1.recover(digest, signature);
            });
    MessageCodec cached = new MessageCodec(Samples.GENESIS, cache, Samples.Stone.FORMAT);
    Bytes vote = Samples.codec().encode(new Samples(3).prepare(1, 0, Hash.ZERO));
    cached.decode(vote);
    cached.decode(vote);
    assertThat(recovered[0]).isEqualTo(1);
    assertThat(cache.size()).isEqualTo(1);
  }
}
