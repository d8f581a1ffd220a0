package dev.klay.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.account.Account;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The updater against {@link StateModel}, few accounts and slots, many steps. */
class StateUpdaterPropertiesTest {
  static final int SLOTS = 3;
  private static final int ACCOUNTS = 4;
  private static final int BLOCKS = 4;
  private static final int STEPS = 80;

  private record Mark(int snapshot, StateModel model) {}

  private final Deque<Mark> marks = new ArrayDeque<>();
  private StateUpdater updater = new StateUpdater(WorldState.EMPTY);
  private StateModel model = new StateModel();

  @Property(tries = 300)
  void theUpdaterEqualsAModelThatCopies(@ForAll long seed) {
    Random random = new Random(seed);
    for (int block = 0; block < BLOCKS; block++) {
      for (int step = 0; step < STEPS; step++) {
        step(random);
        check();
      }
      WorldState built = finishBlock(random.nextInt(4) > 0);
      assertThat(built.rootHash()).isEqualTo(model.build().rootHash());
      assertThat(updater.build(false).rootHash()).isEqualTo(built.rootHash());
      // Sometimes goes on with the same updater, as after a block that is only simulated.
      updater = random.nextBoolean() ? new StateUpdater(built) : updater;
    }
  }

  private void step(Random random) {
    Address address = address(random.nextInt(ACCOUNTS));
    UInt256 slot = UInt256.of(random.nextInt(SLOTS));
    Amount amount = Amount.peb(random.nextInt(3));
    Account account = model.account(address);
    switch (random.nextInt(13)) {
      case 0, 1 -> {
        updater.addBalance(address, amount);
        model.put(address, account.withBalance(account.balance().plus(amount)));
      }
      case 2 -> {
        Amount all = account.balance();
        updater.subtractBalance(address, all);
        if (!all.isZero()) {
          model.put(address, account.withBalance(Amount.ZERO));
        }
      }
      case 3 -> {
        long nonce = random.nextInt(2);
        updater.setNonce(address, nonce);
        model.put(address, account.withNonce(nonce));
      }
      case 4 -> {
        AccountKey key = random.nextBoolean() ? AccountKey.FAIL : AccountKey.LEGACY;
        updater.setKey(address, key);
        model.put(address, account.withKey(key));
      }
      case 5 -> {
        Code code = Code.of(Bytes.of((byte) random.nextInt(3)), CodeInfo.ISTANBUL);
        updater.setCode(address, code);
        model.put(address, account.withCode(code));
      }
      case 6, 7 -> {
        UInt256 word = UInt256.of(random.nextInt(3));
        updater.setStorage(address, slot, word);
        model.setStorage(address, slot, word);
      }
      case 8 -> {
        updater.createContract(address);
        model.createContract(address);
      }
      case 9 -> {
        updater.selfDestruct(address);
        model.selfDestruct(address);
      }
      case 10 -> marks.push(new Mark(updater.snapshot(), model.copy()));
      case 11 -> revert(random);
      case 12 -> {
        if (random.nextInt(4) == 0) {
          finishTransaction(random.nextBoolean());
        }
      }
      default -> throw new AssertionError("no such step");
    }
  }

  /** Goes back to one of the open marks, however old. */
  private void revert(Random random) {
    for (int extra = marks.isEmpty() ? 0 : random.nextInt(marks.size()); extra > 0; extra--) {
      marks.pop();
    }
    if (!marks.isEmpty()) {
      Mark mark = marks.pop();
      updater.revert(mark.snapshot());
      model = mark.model();
    }
  }

  private void finishTransaction(boolean deleteEmpty) {
    updater.finishTransaction(deleteEmpty);
    model.finishTransaction(deleteEmpty);
    marks.clear();
  }

  private WorldState finishBlock(boolean deleteEmpty) {
    WorldState built = updater.build(deleteEmpty);
    model.finishTransaction(deleteEmpty);
    marks.clear();
    for (int i = 0; i < ACCOUNTS; i++) {
      checkAccount(built, address(i));
    }
    return built;
  }

  private void check() {
    for (int i = 0; i < ACCOUNTS; i++) {
      Address address = address(i);
      checkAccount(updater, address);
      assertThat(updater.isSelfDestructed(address)).isEqualTo(model.destructed.contains(address));
      assertThat(updater.isCreatedInTransaction(address))
          .isEqualTo(model.created.contains(address));
      for (int slot = 0; slot < SLOTS; slot++) {
        assertThat(updater.originalStorage(address, UInt256.of(slot)))
            .isEqualTo(model.originalStorage(address, UInt256.of(slot)));
      }
    }
  }

  private void checkAccount(StateView view, Address address) {
    Account expected = model.account(address);
    assertThat(view.exists(address)).isEqualTo(model.accounts.containsKey(address));
    assertThat(view.isContract(address)).isEqualTo(expected.isContract());
    assertThat(view.nonce(address)).isEqualTo(expected.nonce());
    assertThat(view.balance(address)).isEqualTo(expected.balance());
    assertThat(view.key(address)).isEqualTo(expected.key());
    assertThat(view.code(address)).isEqualTo(expected.code());
    for (int slot = 0; slot < SLOTS; slot++) {
      assertThat(view.storage(address, UInt256.of(slot)))
          .isEqualTo(expected.storage().get(UInt256.of(slot)));
    }
  }

  private static Address address(int number) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[0] = (byte) (number + 0x10);
    return Address.wrap(bytes);
  }
}
