package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.config.CarriedState;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.GenesisAccount;
import dev.klay.core.config.InvalidGenesisException;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.config.StateOrigin;
import dev.klay.core.importing.CorruptStateFileException.Reason;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The file between a chain and the one that follows it (S36): read back whole, or refused. */
class StateFileTest {
  private static final Address RICH = address(1);
  private static final Address SHOP = address(2);
  private static final Address TWIN = address(3);
  private static final CarriedState STATE = state();
  private static final byte[] FILE = write(STATE);

  private static Address address(int number) {
    return Address.parse("0x" + ("0" + number).repeat(20));
  }

  private static CarriedState state() {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    updater.addBalance(RICH, Amount.klay(5));
    updater.setNonce(RICH, 9);
    for (Address contract : List.of(SHOP, TWIN)) {
      updater.createContract(contract);
      updater.setCode(contract, Code.of(Bytes.of((byte) 0x60, (byte) 1), CodeInfo.BEFORE_ISTANBUL));
      updater.setStorage(contract, UInt256.of(7), UInt256.of(contract.toArray()[0]));
      updater.setStorage(contract, UInt256.ZERO, UInt256.MAX);
    }
    updater.addBalance(SHOP, Amount.peb(1));
    WorldState state = updater.build(false);
    return CarriedState.of(origin(state.rootHash(), Amount.klay(5).plus(Amount.peb(1))), state);
  }

  private static StateOrigin origin(Hash root, Amount supply) {
    return new StateOrigin(
        1000, Hash.ZERO, 77, Hash.ZERO, 1_600_000_000, root, supply, List.of(address(9)));
  }

  private static byte[] write(CarriedState state) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StateFileWriter.write(state, out);
    return out.toByteArray();
  }

  private static CarriedState read(byte[] file) {
    return StateFileReader.read(new ByteArrayInputStream(file));
  }

  private static Reason reasonOf(byte[] file) {
    try {
      read(file);
      throw new AssertionError("it was read");
    } catch (CorruptStateFileException e) {
      return e.reason();
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    CarriedState read = read(FILE);
    assertThat(read).isEqualTo(STATE);
    assertThat(read.state().nonce(RICH)).isEqualTo(9);
    assertThat(read.state().storage(TWIN, UInt256.of(7))).isEqualTo(UInt256.of(3));
    assertThat(read.state().code(SHOP)).isEqualTo(STATE.state().code(SHOP));
    assertThat(write(read)).isEqualTo(FILE);
  }

  @Test
  void aFileThatEndsTooSoonIsRefusedWhereverThatIs() {
    for (int length = 0; length < FILE.length; length++) {
      assertThat(reasonOf(Arrays.copyOf(FILE, length))).isEqualTo(Reason.TRUNCATED);
    }
    assertThat(reasonOf(Arrays.copyOf(FILE, FILE.length + 1))).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void aChangedByteIsFoundWhereverItIs() {
    for (int at = 0; at < FILE.length; at++) {
      byte[] changed = FILE.clone();
      changed[at] ^= 0x10;
      assertThat(reasonOf(changed)).as("byte %d", at).isNotEqualTo(Reason.INPUT_OUTPUT);
    }
    byte[] other = FILE.clone();
    other[0]++;
    assertThat(reasonOf(other)).isEqualTo(Reason.NO_STATE_FILE);
  }

  /** Whoever can compute a checksum can still not make up balances or words. */
  @Test
  void aFileThatLiesIsFoundThoughItsChecksumIsRight() {
    StateOrigin honest = STATE.origin();
    WorldState richer =
        STATE.state().with(RICH.keccak().toBytes(), account(RICH).withBalance(Amount.klay(6)));
    CarriedState lie = CarriedState.of(origin(richer.rootHash(), honest.supply()), richer);
    assertThat(reasonOf(write(lie))).isEqualTo(Reason.WRONG_STATE);

    byte[] wrongWord = FILE.clone();
    int word = indexOf(wrongWord, UInt256.MAX.toBytes32());
    wrongWord[word + 5] = 0;
    assertThat(reasonOf(sealed(wrongWord))).isEqualTo(Reason.DAMAGED);
    byte[] wrongRoot = FILE.clone();
    wrongRoot[indexOf(wrongRoot, honest.stateRoot().toArray())]++;
    assertThat(reasonOf(sealed(wrongRoot))).isEqualTo(Reason.WRONG_STATE);
  }

  private static dev.klay.core.account.Account account(Address address) {
    return STATE.state().account(address).orElseThrow();
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int i = 0; i <= in.length - what.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  /** With the checksum that its content asks for. */
  private static byte[] sealed(byte[] file) {
    int end = file.length - 32;
    byte[] content = Arrays.copyOf(file, end);
    System.arraycopy(StateFormat.newDigest().digest(content), 0, file, end, 32);
    return file;
  }

  @Test
  void aLengthThatIsTooLongCostsNoMemory() {
    byte[] huge = FILE.clone();
    ByteBuffer.wrap(huge).putInt(8, Integer.MAX_VALUE);
    assertThat(reasonOf(huge)).isEqualTo(Reason.DAMAGED);
  }

  @Property(tries = 500)
  void anyOtherBytesAreRefusedWithTheSameError(
      @ForAll @Size(max = 200) byte[] tail, @ForAll boolean begins) {
    byte[] file = begins ? Arrays.copyOf(FILE, 200 + tail.length) : tail;
    if (begins) {
      System.arraycopy(tail, 0, file, 200, tail.length);
    }
    assertThat(reasonOf(file)).isNotEqualTo(Reason.INPUT_OUTPUT);
  }

  @Test
  void aDiskThatFailsIsSaid() {
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space");
          }
        };
    assertThatThrownBy(() -> StateFileReader.read(in))
        .isInstanceOf(CorruptStateFileException.class)
        .hasMessageContaining("the disk is gone");
    assertThatThrownBy(() -> StateFileWriter.write(STATE, out))
        .isInstanceOf(CorruptStateFileException.class)
        .hasMessageContaining("no space");
  }

  @Test
  void whatIsLeftOutIsSupplyNoMore() {
    CarriedState left = STATE.without(List.of(RICH, address(8)));
    assertThat(left.origin().supply()).isEqualTo(Amount.peb(1));
    assertThat(left.state().exists(RICH)).isFalse();
    assertThat(left.state().exists(SHOP)).isTrue();
    assertThat(read(write(left))).isEqualTo(left);
  }

  @Test
  void moreAccountsMayBeAddedAndBalancesComeOnTop() {
    ChainSpec next =
        ChainSpec.development()
            .promoted("next", NetworkKind.TEST, 8217, STATE)
            .withAccounts(List.of(RICH, address(5)), Amount.klay(1));
    WorldState first = next.genesis().state();
    assertThat(first.balance(RICH)).isEqualTo(Amount.klay(6));
    assertThat(first.nonce(RICH)).isEqualTo(9);
    assertThat(first.balance(address(5))).isEqualTo(Amount.klay(1));
    assertThat(next.genesis().supply()).isEqualTo(STATE.origin().supply().plus(Amount.klay(2)));
    assertThat(next.genesis().stateRoot()).isEqualTo(first.rootHash());

    GenesisAccount code =
        new GenesisAccount(Amount.ZERO, 0, Bytes.of((byte) 1), new TreeMap<>(Map.of()));
    ChainSpec over = next.withGenesis(next.genesis().withAccounts(Map.of(SHOP, code)));
    assertThatThrownBy(() -> over.genesis().state())
        .isInstanceOf(InvalidGenesisException.class)
        .hasMessageContaining("balance only");
  }
}
