package dev.klay.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against an ArrayList, over three levels of nodes. */
class PersistentListTest {
  private static final int SIZE = 32 * 32 + 100;

  @Test
  void everyVersionStaysWhatItWas() {
    List<PersistentList<Integer>> versions = new ArrayList<>();
    PersistentList<Integer> list = PersistentList.empty();
    for (int i = 0; i < SIZE; i++) {
      versions.add(list);
      list = list.append(i);
    }
    for (int size = 0; size < SIZE; size += 31) {
      PersistentList<Integer> version = versions.get(size);
      assertThat(version.size()).isEqualTo(size);
      for (int i = 0; i < size; i++) {
        assertThat(version.get(i)).isEqualTo(i);
      }
      assertThatThrownBy(() -> version.get(version.size()))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void twoGoOnFromOneInTheirOwnWays() {
    PersistentList<Integer> common = PersistentList.empty();
    for (int i = 0; i < 33; i++) {
      common = common.append(i);
    }
    PersistentList<Integer> left = common.append(-1).with(32, 320);
    PersistentList<Integer> right = common.append(-2).without(0);
    assertThat(left.get(33)).isEqualTo(-1);
    assertThat(left.get(32)).isEqualTo(320);
    assertThat(right.get(33)).isEqualTo(-2);
    assertThat(right.get(32)).isEqualTo(32);
    assertThat(right.get(0)).isNull();
    assertThat(common.get(0)).isZero();
    assertThat(common.size()).isEqualTo(33);
  }
}
