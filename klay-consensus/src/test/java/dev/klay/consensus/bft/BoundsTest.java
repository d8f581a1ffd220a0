package dev.klay.consensus.bft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.consensus.validator.ValidatorSet;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the machine keeps and sends, at most ({@code consensus.md} section 14). */
class BoundsTest {
  private static final Bytes SIGNATURE = Bytes.wrap(new byte[65]);
  private static final Bytes EIGHT_MIB = Bytes.wrap(new byte[8 << 20]);

  /** A block that is as large as a chain allows. */
  private record Heavy(long number, long salt) implements ProposedBlock {
    @Override
    public Hash hash() {
      return Keccak256.hash(Bytes.of((byte) number, (byte) salt));
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
      return Round.address(0);
    }

    @Override
    public Bytes encode() {
      return EIGHT_MIB;
    }

    @Override
    public Bytes encodeSealed(CommitCertificate certificate) {
      return EIGHT_MIB;
    }
  }

  private static Proposal proposal(int by, long height, ProposedBlock block) {
    return new Proposal(
        height, 0, block.hash(), Round.address(by), SIGNATURE, block, List.of(), List.of());
  }

  private static Commit commit(int by, long height, int round) {
    return new Commit(height, round, Hash.ZERO, Round.address(by), SIGNATURE);
  }

  private static RoundChange change(int by, long height, int round, int prepares) {
    Prepare prepare = new Prepare(height, 0, Hash.ZERO, Round.address(by), SIGNATURE);
    return new RoundChange(
        height,
        round,
        Optional.of(new PreparedClaim(0, Hash.ZERO)),
        Round.address(by),
        SIGNATURE,
        Collections.nCopies(prepares, prepare),
        Optional.empty());
  }

  @Test
  void ofOneSignerEightMessagesOfAHeightAreKeptAndHeightsAheadAreEight() {
    FutureMessages future = new FutureMessages();
    for (int round = 0; round < 100; round++) {
      future.put(commit(1, 2, round), 1);
    }
    assertThat(future.count()).isEqualTo(FutureMessages.PER_SIGNER);
    future.put(commit(2, 2, 0), 1);
    assertThat(future.count()).as("another's share is untouched").isEqualTo(9);
    future.put(commit(2, 9, 0), 1);
    future.put(commit(2, 10, 0), 1);
    future.put(commit(2, 1, 0), 1);
    assertThat(future.count()).isEqualTo(10);
  }

  @Test
  void ofOneSignerAsMuchAs64KibOfVotesIsKept() {
    FutureMessages future = new FutureMessages();
    for (int round = 1; round <= FutureMessages.PER_SIGNER; round++) {
      future.put(change(1, 2, round, 40), 1);
    }
    assertThat(future.count()).isEqualTo(FutureMessages.SIGNER_BYTES_MAX / (41 * 256));
  }

  @Test
  void aBlockIsKeptForTheNextHeightOnlyOneOfEachSigner() {
    FutureMessages future = new FutureMessages();
    future.put(proposal(1, 3, new Heavy(3, 0)), 1);
    assertThat(future.count()).isZero();
    future.put(proposal(1, 2, new Heavy(2, 0)), 1);
    future.put(proposal(1, 2, new Heavy(2, 1)), 1);
    assertThat(future.take(2)).hasSize(1);
  }

  @Test
  void allTogetherIsBounded() {
    FutureMessages future = new FutureMessages();
    for (int signer = 0; signer < 10; signer++) {
      future.put(proposal(signer, 2, new Heavy(2, signer)), 1);
    }
    assertThat(future.count()).isEqualTo(3); // the fourth and its signature would be above 32 MiB
    future.put(commit(9, 2, 0), 1);
    assertThat(future.count()).as("votes still fit").isEqualTo(4);
  }

  @Test
  void blocksOfTheOpenHeightAreFewAndTheOldestGoes() {
    KnownBlocks blocks = new KnownBlocks();
    for (int salt = 0; salt < 3 * KnownBlocks.MAX; salt++) {
      blocks.add(new Heavy(1, salt));
      assertThat(blocks.size()).isLessThanOrEqualTo(KnownBlocks.MAX);
    }
    assertThat(blocks.find(new Heavy(1, 0).hash())).isEmpty();
    assertThat(blocks.find(new Heavy(1, 3 * KnownBlocks.MAX - 1).hash())).isPresent();
  }

  @Test
  void toOneStatusAtMost64MessagesAreAnswered() {
    ValidatorSet hundred =
        ValidatorSet.of(IntStream.range(0, 100).mapToObj(Round::address).toList());
    BftMachine machine =
        new BftMachine(
            Round.config(), Optional.of(new FakeSigner(Round.address(99))), Round.PARENT, hundred);
    List<Effect> unused = machine.start(List.of(), 1000);
    FakeBlock block = Round.block(0, 1);
    feed(machine, Round.proposal(0, 0, block));
    for (int signer = 1; signer < 99; signer++) {
      feed(machine, Round.commit(signer, 1, block)); // of a round to come, so nothing is decided
      feed(machine, Round.prepare(signer, 0, block));
    }
    BitSet none = new BitSet();
    Status behind = new Status(1, Round.PARENT.hash(), 0, false, none, none, none);
    List<Effect> answer = machine.step(new Event.StatusReceived(Round.address(5), behind), 1000);
    assertThat(answer).hasSize(64).allMatch(Effect.Send.class::isInstance);
  }

  private static void feed(BftMachine machine, Message message) {
    List<Effect> unused = machine.step(new Event.MessageReceived(message), 1000);
  }
}
