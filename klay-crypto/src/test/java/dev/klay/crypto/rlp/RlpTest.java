package dev.klay.crypto.rlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RlpTest {
  @Test
  void everyFieldComesBack() {
    Hash hash = Hash.fromHex("ab".repeat(32));
    Address address = Address.parse("0x27b1fdb04752bbc536007a920d24acb045561c26");
    Bytes encoded =
        RlpWriter.encodeList(
            w ->
                w.integer(0)
                    .integer(127)
                    .integer(128)
                    .integer(Long.MAX_VALUE)
                    .integer(UInt256.MAX)
                    .amount(Amount.klay(1))
                    .bool(true)
                    .bool(false)
                    .hash(hash)
                    .address(address)
                    .bytes(Bytes.EMPTY)
                    .list(inner -> inner.bytes(Bytes.fromHex("00")))
                    .raw(Bytes.fromHex("c0")));
    RlpReader reader = RlpReader.ofSingleList(encoded);
    assertThat(reader.nextIsEmptyString()).isTrue();
    assertThat(reader.readLong()).isZero();
    assertThat(reader.readLong()).isEqualTo(127);
    assertThat(reader.readInt(128)).isEqualTo(128);
    assertThat(reader.readLong()).isEqualTo(Long.MAX_VALUE);
    assertThat(reader.readUInt256()).isEqualTo(UInt256.MAX);
    assertThat(reader.readAmount()).isEqualTo(Amount.klay(1));
    assertThat(reader.readBoolean()).isTrue();
    assertThat(reader.readBoolean()).isFalse();
    assertThat(reader.readHash()).isEqualTo(hash);
    assertThat(reader.readAddress()).isEqualTo(address);
    assertThat(reader.readBytes(0)).isEqualTo(Bytes.EMPTY);
    assertThat(reader.nextIsList()).isTrue();
    RlpReader inner = reader.readList();
    assertThat(inner.readBytes()).isEqualTo(Bytes.fromHex("00"));
    inner.expectEnd();
    assertThat(reader.hasNext()).isTrue();
    reader.skip();
    reader.expectEnd();
    assertThat(reader.position()).isEqualTo(encoded.size());
  }

  @Test
  void stringsAndListsOfEveryLengthComeBack() {
    for (int length : new int[] {0, 1, 2, 54, 55, 56, 57, 255, 256, 257, 65_535, 65_536, 70_000}) {
      Bytes content = Bytes.wrap(new byte[length]);
      RlpReader string = RlpReader.of(new RlpWriter().bytes(content).toBytes());
      assertThat(string.readBytes()).isEqualTo(content);
      string.expectEnd();
      RlpReader list = RlpReader.ofSingleList(RlpWriter.encodeList(w -> w.raw(content)));
      for (int i = 0; i < length; i++) {
        assertThat(list.readBytes(1).get(0)).isZero();
      }
      list.expectEnd();
    }
  }

  @Property(tries = 500)
  void randomTreesComeBack(@ForAll long seed) {
    Random random = new Random(seed);
    RlpWriter writer = new RlpWriter();
    writeTree(writer, random, 6);
    Bytes encoded = writer.toBytes();
    assertThat(copy(encoded)).isEqualTo(encoded);
    assertThat(RlpReader.of(encoded).readRaw()).isEqualTo(encoded);
  }

  private static void writeTree(RlpWriter writer, Random random, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      byte[] content = new byte[random.nextInt(8) == 0 ? random.nextInt(300) : random.nextInt(4)];
      random.nextBytes(content);
      writer.bytes(content);
      return;
    }
    writer.beginList();
    for (int i = random.nextInt(5); i > 0; i--) {
      writeTree(writer, random, depth - 1);
    }
    writer.endList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "8100",
        "817f", // a single byte that is not written as itself
        "b800",
        "b837" + "00",
        "b90038", // a long length where the short form fits
        "f800",
        "f837",
        "f90038",
        "b90000",
        "b9003801",
        "f9000101", // a length with leading zeros
        "81",
        "8201",
        "b8",
        "b838",
        "b9ff",
        "c1",
        "c20101c0",
        "f8",
        "f838", // cut off
        "bf7fffffffffffffff",
        "ff7fffffffffffffff",
        "bfffffffffffffffff",
        "ffffffffffffffffff",
        "bb80000000",
        "fbffffffff",
        "c181",
        "c2b801",
        "c1c1", // cut off by the list around it
        "0000",
        "8080",
        "c0c0" // something left over
      })
  void refusesWhatIsNotCanonical(String hex) {
    assertThatThrownBy(() -> copy(Bytes.fromHex(hex))).isInstanceOf(RlpException.class);
  }

  @Property(tries = 5000)
  void randomBytesGiveOnlyRlpExceptions(@ForAll @Size(max = 80) byte[] input) {
    Bytes bytes = Bytes.of(input);
    try {
      assertThat(copy(bytes)).isEqualTo(bytes);
    } catch (RlpException expected) {
      assertThat(expected).hasMessageNotContaining("0x0x");
    }
    List<Runnable> reads = new ArrayList<>();
    reads.add(() -> RlpReader.of(bytes).readLong());
    reads.add(() -> RlpReader.of(bytes).readInt(5));
    reads.add(() -> RlpReader.of(bytes).readUInt256());
    reads.add(() -> RlpReader.of(bytes).readAmount());
    reads.add(() -> RlpReader.of(bytes).readBoolean());
    reads.add(() -> RlpReader.of(bytes).readHash());
    reads.add(() -> RlpReader.of(bytes).readAddress());
    reads.add(() -> RlpReader.ofSingleList(bytes).skip());
    for (Runnable read : reads) {
      try {
        read.run();
      } catch (RlpException expected) {
        assertThat(expected).hasMessageNotContaining("0x0x");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "820001", "888000000000000000", "89010000000000000000", "c0"})
  void refusesWhatIsNoLong(String hex) {
    assertThatThrownBy(() -> RlpReader.of(Bytes.fromHex(hex)).readLong())
        .isInstanceOf(RlpException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "820001", "c0"})
  void refusesWhatIsNoInteger(String hex) {
    assertThatThrownBy(() -> RlpReader.of(Bytes.fromHex(hex)).readUInt256())
        .isInstanceOf(RlpException.class);
    assertThatThrownBy(() -> RlpReader.of(Bytes.fromHex("a101" + "00".repeat(32))).readUInt256())
        .isInstanceOf(RlpException.class);
  }

  @Test
  void refusesOtherShapes() {
    assertThatThrownBy(() -> RlpReader.of(Bytes.fromHex("80")).readList())
        .isInstanceOf(RlpException.class);
    assertThatThrownBy(() -> RlpReader.of(Bytes.fromHex("c0")).readBytes())
        .isInstanceOf(RlpException.class);
    assertThatThrownBy(() -> RlpReader.of(Bytes.fromHex("02")).readBoolean())
        .isInstanceOf(RlpException.class);
    assertThatThrownBy(() -> RlpReader.of(Bytes.fromHex("820000")).readHash())
        .isInstanceOf(RlpException.class);
    assertThatThrownBy(() -> RlpReader.ofSingleList(Bytes.fromHex("c080")))
        .isInstanceOf(RlpException.class);
  }

  @Test
  void aWriterKnowsItsMistakes() {
    assertThatThrownBy(() -> new RlpWriter().integer(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RlpWriter().beginList().toBytes())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new RlpWriter().endList()).isInstanceOf(IllegalStateException.class);
  }

  private static Bytes copy(Bytes encoded) {
    RlpReader reader = RlpReader.of(encoded);
    RlpWriter writer = new RlpWriter();
    copyItem(reader, writer);
    reader.expectEnd();
    return writer.toBytes();
  }

  private static void copyItem(RlpReader reader, RlpWriter writer) {
    if (!reader.nextIsList()) {
      writer.bytes(reader.readBytes());
      return;
    }
    RlpReader inner = reader.readList();
    writer.beginList();
    while (inner.hasNext()) {
      copyItem(inner, writer);
    }
    writer.endList();
  }
}
