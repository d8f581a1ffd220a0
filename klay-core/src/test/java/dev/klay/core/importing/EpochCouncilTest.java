package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.config.Ballot;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Epochs of ten blocks. */
class EpochCouncilTest {
  private static Address address(int number) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[19] = (byte) number;
    return Address.of(bytes);
  }

  private static EpochCouncil council(int size) {
    return EpochCouncil.of(
        IntStream.rangeClosed(1, size).mapToObj(EpochCouncilTest::address).toList(), 10);
  }

  /** Blocks by these validators one after the other, each with the ballot. */
  private static EpochCouncil vote(EpochCouncil council, long from, Ballot ballot, int... voters) {
    EpochCouncil now = council;
    for (int i = 0; i < voters.length; i++) {
      now = now.after(from + i, address(voters[i]), Optional.of(ballot));
    }
    return now;
  }

  private static EpochCouncil endEpoch(EpochCouncil council, long number) {
    return council.after(number, address(1), Optional.empty());
  }

  @Test
  void aQuorumOfOneEpochAddsAtItsEnd() {
    EpochCouncil voted = vote(council(4), 1, Ballot.add(address(9)), 1, 2, 3);
    assertThat(voted.validators()).hasSize(4);
    assertThat(endEpoch(voted, 10).validators()).contains(address(9)).hasSize(5);
  }

  @Test
  void fewerVotersThanAQuorumChangeNothingAndAreForgotten() {
    EpochCouncil ended = endEpoch(vote(council(4), 1, Ballot.add(address(9)), 1, 2, 2, 1), 10);
    assertThat(endEpoch(vote(ended, 11, Ballot.add(address(9)), 3), 20).validators()).hasSize(4);
  }

  @Test
  void aNewerBallotOnATargetReplacesTheOlder() {
    EpochCouncil council = vote(council(4), 1, Ballot.remove(address(4)), 1, 2);
    council = vote(council, 3, Ballot.add(address(4)), 1);
    council = vote(council, 4, Ballot.remove(address(4)), 3);
    assertThat(endEpoch(council, 10).validators()).hasSize(4);
  }

  @Test
  void atMostOneChangeOfFourTakesEffectAndTheRestWaits() {
    EpochCouncil council = vote(council(4), 1, Ballot.add(address(8)), 1, 2, 3);
    council = vote(council, 4, Ballot.add(address(9)), 1, 2, 3);
    council = endEpoch(council, 10);
    assertThat(council.validators()).contains(address(8)).doesNotContain(address(9));
    assertThat(endEpoch(council, 20).validators()).contains(address(9)).hasSize(6);
  }

  @Test
  void theBallotOfTheEpochBlockCounts() {
    EpochCouncil council = vote(council(4), 1, Ballot.remove(address(1)), 2, 3);
    Optional<Ballot> last = Optional.of(Ballot.remove(address(1)));
    assertThat(council.decided(address(1), last)).doesNotContain(address(1)).hasSize(3);
    assertThat(council.after(10, address(1), last).validators()).hasSize(3);
  }

  @Test
  void theLastValidatorStaysAndWhoIsNoneHasNoVote() {
    EpochCouncil alone = vote(council(1), 1, Ballot.remove(address(1)), 1);
    assertThat(endEpoch(alone, 10).validators()).containsExactly(address(1));
    EpochCouncil strangers = vote(council(4), 1, Ballot.add(address(9)), 7, 8, 9);
    assertThat(endEpoch(strangers, 10).validators()).hasSize(4);
  }

  /** Whatever is voted, old and new quorums share an honest member: few change at once. */
  @Property(tries = 300)
  void noEpochChangesMoreThanItMay(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = random.nextInt(1, 15);
    EpochCouncil council = council(size);
    for (long number = 1; number <= 100; number++) {
      List<Address> before = council.validators();
      Address author = before.get(random.nextInt(before.size()));
      Ballot ballot = new Ballot(address(random.nextInt(1, 20)), random.nextBoolean());
      council = council.after(number, author, Optional.of(ballot));
      List<Address> after = council.validators();
      long changed =
          IntStream.range(0, 25)
              .mapToObj(EpochCouncilTest::address)
              .filter(a -> before.contains(a) != after.contains(a))
              .count();
      assertThat(changed)
          .isLessThanOrEqualTo(number % 10 == 0 ? Math.max(1, (before.size() - 1) / 3) : 0);
      assertThat(after).isNotEmpty().isSorted();
    }
  }

  @Test
  void aBallotHasOneFormAndIsItsBuildersOwn() {
    Ballot ballot = Ballot.add(address(9));
    Bytes encoded = ballot.encode(address(1));
    assertThat(Ballot.decode(encoded, address(1))).isEqualTo(ballot);
    assertThatThrownBy(() -> Ballot.decode(encoded, address(2)))
        .isInstanceOf(DecodingException.class)
        .hasMessageContaining("in a block of");
    Bytes trailing = Bytes.wrap(Arrays.copyOf(encoded.toArray(), encoded.size() + 1));
    assertThatThrownBy(() -> Ballot.decode(trailing, address(1)))
        .isInstanceOf(DecodingException.class);
  }
}
