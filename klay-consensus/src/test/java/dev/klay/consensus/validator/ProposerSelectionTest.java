package dev.klay.consensus.validator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.config.ProposerPolicy;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProposerSelectionTest {
  private static Address address(int number) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[0] = (byte) (2 * number + 1);
    return Address.of(bytes);
  }

  private static ValidatorSet set(int size) {
    return ValidatorSet.of(
        IntStream.range(0, size).mapToObj(ProposerSelectionTest::address).toList());
  }

  private static ProposerSelection.Turn turn(long height, Optional<Address> builder) {
    return new ProposerSelection.Turn(height, builder, Hash.ZERO);
  }

  @Property(tries = 300)
  void everybodyLeadsOnceInAnyNRounds(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 1000) int height,
      @ForAll @IntRange(min = 0, max = 5000) int from,
      @ForAll @IntRange(min = 0, max = 50) int builder,
      @ForAll ProposerPolicy policy) {
    ValidatorSet validators = set(size);
    ProposerSelection selection = ProposerSelection.of(policy);
    TreeSet<Address> leaders = new TreeSet<>();
    for (int round = from; round < from + size; round++) {
      leaders.add(selection.leader(validators, turn(height, Optional.of(address(builder))), round));
    }
    assertThat(leaders).hasSize(size);
  }

  @Test
  void roundRobinGoesOnBehindABuilderThatWasRemoved() {
    ProposerSelection robin = ProposerSelection.of(ProposerPolicy.ROUND_ROBIN);
    byte[] between = new byte[Address.SIZE];
    between[0] = 4; // between the validators 3 and 5
    Optional<Address> gone = Optional.of(Address.of(between));
    assertThat(robin.leader(set(4), turn(9, gone), 0)).isEqualTo(address(2));
    assertThat(robin.leader(set(4), turn(9, Optional.of(address(3))), 0)).isEqualTo(address(0));
    assertThat(robin.leader(set(4), turn(1, Optional.empty()), 0)).isEqualTo(address(0));
  }

  @Test
  void stickyStaysUntilTheBuilderFails() {
    ProposerSelection sticky = ProposerSelection.of(ProposerPolicy.STICKY);
    assertThat(sticky.leader(set(4), turn(5, Optional.of(address(2))), 0)).isEqualTo(address(2));
    assertThat(sticky.leader(set(4), turn(5, Optional.of(address(2))), 1)).isEqualTo(address(3));
  }

  @Test
  void weightsDecideHowOftenSomebodyLeadsInRoundZero() {
    WeightedSelection weighted = new WeightedSelection(Map.of(address(1), 3));
    TreeMap<Address, Integer> turns = new TreeMap<>();
    for (long height = 1; height <= 60; height++) {
      Address leader = weighted.leader(set(4), turn(height, Optional.empty()), 0);
      turns.merge(leader, 1, Integer::sum);
    }
    assertThat(turns).containsEntry(address(1), 30).containsEntry(address(0), 10);
  }

  /** All nodes draw alike, on every version of Java: the order is written down here. */
  @Test
  void theOrderOfAnEpochIsFixed() {
    WeightedSelection weighted = new WeightedSelection(Map.of(address(1), 3, address(3), 2));
    List<Integer> order =
        IntStream.range(0, 7)
            .map(h -> set(4).indexOf(weighted.leader(set(4), turn(h, Optional.empty()), 0)))
            .boxed()
            .toList();
    assertThat(order).containsExactly(1, 1, 2, 1, 3, 3, 0);
  }

  @Test
  void anotherEpochBlockShufflesOtherwise() {
    ProposerSelection weighted = ProposerSelection.of(ProposerPolicy.WEIGHTED);
    Hash other = Hash.fromHex("0x" + "01".repeat(32));
    List<Address> one =
        IntStream.range(0, 20)
            .mapToObj(h -> weighted.leader(set(20), turn(h, Optional.empty()), 0))
            .toList();
    List<Address> two =
        IntStream.range(0, 20)
            .mapToObj(
                h ->
                    weighted.leader(
                        set(20), new ProposerSelection.Turn(h, Optional.empty(), other), 0))
            .toList();
    assertThat(one).containsExactlyInAnyOrderElementsOf(two).isNotEqualTo(two);
  }
}
