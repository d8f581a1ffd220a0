package dev.klay.client.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.block.Log;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbiTest {
  private static final Address ALICE = Address.parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

  @Test
  void theExamplesOfSoliditysDocumentation() {
    AbiFunction sam = AbiFunction.parse("sam(bytes,bool,uint256[])");
    assertThat(sam.selector().toHex()).isEqualTo("0xa5643bf2");
    assertThat(sam.encodeCall("dave".getBytes(StandardCharsets.US_ASCII), true, List.of(1, 2, 3)))
        .isEqualTo(words("a5643bf2", "60", "01", "a0", "04", "64617665<", "03", "01", "02", "03"));

    AbiFunction nested = AbiFunction.parse("function g(uint256[][] a, string[] b)");
    assertThat(nested.selector().toHex()).isEqualTo("0x2289b18c");
    assertThat(
            nested.encodeCall(List.of(List.of(1, 2), List.of(3)), List.of("one", "two", "three")))
        .isEqualTo(
            words(
                "2289b18c",
                "40",
                "140",
                "02",
                "40",
                "a0",
                "02",
                "01",
                "02",
                "01",
                "03",
                "03",
                "60",
                "a0",
                "e0",
                "03",
                "6f6e65<",
                "03",
                "74776f<",
                "05",
                "7468726565<"));
  }

  /** A selector, then words: digits stand at the right, at the left where {@code <} follows. */
  private static Bytes words(String selector, String... words) {
    StringBuilder hex = new StringBuilder("0x" + selector);
    for (String word : words) {
      String digits = word.replace("<", "");
      String zeros = "0".repeat(64 - digits.length());
      hex.append(word.endsWith("<") ? digits + zeros : zeros + digits);
    }
    return Bytes.fromHex(hex.toString());
  }

  @Test
  void typesAreReadInEveryForm() {
    assertThat(AbiType.parse("uint").canonical()).isEqualTo("uint256");
    assertThat(AbiType.parse("tuple(int a, (bytes4[2] c, string)[] d)[3][]").canonical())
        .isEqualTo("(int256,(bytes4[2],string)[])[3][]");
    assertThat(AbiType.parse("(uint8, bool)").headBytes()).isEqualTo(64);
    assertThat(AbiType.parse("(uint8,bool)[3]").headBytes()).isEqualTo(192);
    assertThat(AbiType.parse("(uint8,bytes)[3]").headBytes()).isEqualTo(32);
    assertThat(AbiType.parse("function").headBytes()).isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "uint7",
        "uint264",
        "int0",
        "bytes0",
        "bytes33",
        "fixed128x18",
        "uint256[",
        "uint[0]",
        "uint[99999999]",
        "()",
        "(uint",
        "uint)",
        "word",
        "uint256[-1]",
        "uint 256",
        "(uint)x"
      })
  void whatIsNoTypeIsRefused(String text) {
    assertThatThrownBy(() -> AbiType.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nestingIsLimited() {
    String deep = "(".repeat(1000) + "uint" + ")".repeat(1000);
    assertThatThrownBy(() -> AbiType.parse(deep)).hasMessageContaining("deeper");
    assertThatThrownBy(() -> AbiType.parse("uint" + "[]".repeat(1000)))
        .hasMessageContaining("deeper");
  }

  @Test
  void declarationsAreReadAsSolidityWritesThem() {
    Abi abi =
        Abi.of(
            "function balanceOf(address owner) external view returns (uint256 balance)",
            "function buy(uint256) payable returns (uint256)",
            "function buy(uint256, address)",
            "event Transfer(address indexed from, address indexed to, uint256 value);",
            "event Raw(uint256 a) anonymous",
            "error TooPoor(uint256 balance, uint256 price)",
            "constructor(string memory name, uint8 decimals) payable");
    assertThat(abi.function("balanceOf").selector().toHex()).isEqualTo("0x70a08231");
    assertThat(abi.function("balanceOf").mutability().isReadOnly()).isTrue();
    assertThat(abi.function("buy(uint256)").mutability()).isEqualTo(AbiFunction.Mutability.PAYABLE);
    assertThatThrownBy(() -> abi.function("buy")).hasMessageContaining("ambiguous");
    assertThatThrownBy(() -> abi.function("sell")).hasMessageContaining("no sell");
    assertThat(abi.event("Transfer").topic().toHex())
        .isEqualTo("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
    assertThat(abi.event("Raw").anonymous()).isTrue();
    assertThat(abi.constructor()).hasSize(2);
    assertThat(abi.payable()).isTrue();
    assertThatThrownBy(() -> Abi.of("balanceOf(address)")).hasMessageContaining("starts with");
    assertThatThrownBy(() -> AbiFunction.parse("f(uint) quickly")).hasMessageContaining("quickly");
  }

  @Test
  void theJsonOfCompilersOldAndNew() {
    Abi abi =
        Abi.parseJson(
            """
            {"contractName": "X", "abi": [
              {"name":"f","inputs":[{"name":"o","type":"tuple[2]","components":[
                 {"name":"id","type":"uint64"},{"name":"tags","type":"bytes4[]"}]}],
               "outputs":[{"name":"","type":"bool"}],"constant":true},
              {"type":"event","name":"E","inputs":[{"name":"a","type":"address","indexed":true}]},
              {"type":"error","name":"Bad","inputs":[]},
              {"type":"constructor","inputs":[{"type":"string","name":"n"}],"payable":true},
              {"type":"receive","stateMutability":"payable"}]}""");
    assertThat(abi.function("f").signature()).isEqualTo("f((uint64,bytes4[])[2])");
    assertThat(abi.function("f").mutability()).isEqualTo(AbiFunction.Mutability.VIEW);
    assertThat(abi.payable()).isTrue();
    assertThatThrownBy(() -> Abi.parseJson("{}")).isInstanceOf(DecodingException.class);
    assertThatThrownBy(() -> Abi.parseJson("nonsense")).isInstanceOf(DecodingException.class);
    assertThatThrownBy(
            () ->
                Abi.parseJson(
                    "[{\"type\":\"function\",\"name\":\"f\","
                        + "\"inputs\":[{\"type\":\"uint3\"}]}]"))
        .isInstanceOf(DecodingException.class)
        .hasMessageContaining("bits");
  }

  record Item(String name, List<BigInteger> amounts) {}

  @Test
  void aStructIsATupleAListARecordOrAMap() {
    AbiFunction f = AbiFunction.parse("f((string name, uint256[] amounts) item)");
    Bytes expected = f.encodeArguments(List.of(List.of("apple", List.of(1, 2))));
    assertThat(f.encodeCall(new Item("apple", List.of(BigInteger.ONE, BigInteger.TWO))))
        .isEqualTo(expected);
    assertThat(f.encodeCall(Map.of("name", "apple", "amounts", new long[] {1, 2})))
        .isEqualTo(expected);
    AbiTuple item = f.decodeCall(expected).tuple("item");
    assertThat(item.text("name")).isEqualTo("apple");
    assertThat(f.encodeCall(item)).isEqualTo(expected);
    assertThat(JavaMapping.to(Item.class, item))
        .isEqualTo(new Item("apple", List.of(BigInteger.ONE, BigInteger.TWO)));
    assertThatThrownBy(() -> f.encodeCall(Map.of("name", "apple")))
        .hasMessageContaining("no amounts");
  }

  @Test
  void integersOfEveryKindAreTakenAndCheckedForTheirRange() {
    List<String> type = List.of("uint256");
    Bytes seven = Abi.encode(type, List.of(7));
    assertThat(Abi.encode(type, List.of(7L))).isEqualTo(seven);
    assertThat(Abi.encode(type, List.of(BigInteger.valueOf(7)))).isEqualTo(seven);
    assertThat(Abi.encode(type, List.of(UInt256.of(7)))).isEqualTo(seven);
    assertThat(Abi.encode(type, List.of(Amount.peb(7)))).isEqualTo(seven);
    assertThatThrownBy(() -> Abi.encode(type, List.of(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("argument 1 (uint256): uint256 cannot hold -1");
    assertThatThrownBy(() -> Abi.encode(List.of("uint8"), List.of(256)))
        .hasMessageContaining("256");
    assertThatThrownBy(() -> Abi.encode(List.of("int8"), List.of(128))).hasMessageContaining("128");
    assertThatThrownBy(() -> Abi.encode(List.of("bool"), List.of("yes")))
        .hasMessageContaining("bool does not take a String");
    assertThatThrownBy(() -> Abi.encode(List.of("bytes4"), List.of(Bytes.EMPTY)))
        .hasMessageContaining("bytes4 takes 4, not 0");
    assertThatThrownBy(() -> Abi.encode(List.of("uint8"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uint8|0000000000000000000000000000000000000000000000000000000000000100",
        "int8|00000000000000000000000000000000000000000000000000000000000000ff",
        "bool|0000000000000000000000000000000000000000000000000000000000000002",
        "address|0000000000000000000000010000000000000000000000000000000000000000",
        "bytes4|0102030405000000000000000000000000000000000000000000000000000000",
        "bytes|00000000000000000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000",
        "string|000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000000ff",
        "string|00000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000001ff00000000000000000000000000000000000000000000000000000000000000",
        "bytes|00000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000001ffff000000000000000000000000000000000000000000000000000000000000",
        "uint256[]|0000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000ffffffffffffffff",
        "uint256[]|ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "uint256|00",
        "uint256|"
      })
  void whatIsNotCanonicalIsRefused(String vector) {
    String[] parts = vector.split("\\|", -1);
    assertThatThrownBy(() -> Abi.decode(List.of(parts[0]), Bytes.fromHex("0x" + parts[1])))
        .isInstanceOf(DecodingException.class);
  }

  @Test
  void nothingMayFollow() {
    Bytes twoWords = Abi.encode(List.of("uint256", "uint256"), List.of(1, 2));
    assertThatThrownBy(() -> Abi.decode(List.of("uint256"), twoWords))
        .isInstanceOf(DecodingException.class)
        .hasMessageContaining("32 bytes follow");
  }

  @Test
  void aSharedTailCannotMakeMuchOfLittle() {
    // Ten arrays of ten arrays of ten ..., each pointing to the same next one.
    StringBuilder hex = new StringBuilder("0x");
    word(hex, 32);
    for (int level = 0; level < 6; level++) {
      word(hex, 10);
      for (int i = 0; i < 10; i++) {
        word(hex, 320);
      }
    }
    word(hex, 0);
    assertThatThrownBy(
            () -> Abi.decode(List.of("uint256[][][][][][][]"), Bytes.fromHex(hex.toString())))
        .isInstanceOf(DecodingException.class);
  }

  private static void word(StringBuilder hex, int value) {
    hex.append(String.format("%064x", value));
  }

  @Test
  void anEventKeepsWordsInTopicsAndHashesOfTheRest() {
    AbiEvent event =
        AbiEvent.parse("E(address indexed who, string indexed label, uint256 amount, bytes data)");
    Hash label = Keccak256.hash("blue".getBytes(StandardCharsets.UTF_8));
    List<Optional<Hash>> topics = event.topics(List.of(Optional.of(ALICE), Optional.of("blue")));
    assertThat(topics.get(2)).contains(label);
    Log log =
        new Log(
            ALICE,
            topics.stream().map(Optional::orElseThrow).toList(),
            event.encodeData(5, Bytes.fromHex("0x0102")));
    assertThat(event.matches(log)).isTrue();
    AbiTuple arguments = event.decode(log);
    assertThat(arguments.address("who")).isEqualTo(ALICE);
    assertThat(arguments.get("label")).isEqualTo(label);
    assertThat(arguments.integer("amount")).isEqualTo(5);
    assertThat(arguments.bytes("data")).isEqualTo(Bytes.fromHex("0x0102"));
    assertThat(event.topics(List.of(Optional.empty(), Optional.of("blue"))))
        .containsExactly(Optional.of(event.topic()), Optional.empty(), Optional.of(label));
    assertThatThrownBy(() -> event.decode(new Log(ALICE, log.topics().subList(0, 2), log.data())))
        .isInstanceOf(DecodingException.class);
    assertThatThrownBy(
            () -> AbiEvent.parse("E(uint indexed, uint indexed, uint indexed, uint indexed)"))
        .hasMessageContaining("topics");
  }

  @Test
  void errorsAreToldByTheirSelector() {
    Abi abi = Abi.of("error TooPoor(uint256 balance, uint256 price)");
    Bytes data = abi.error("TooPoor").encode(1, 2);
    assertThat(abi.errorOf(data).orElseThrow().decode(data).integer("price")).isEqualTo(2);
    assertThat(abi.errorOf(AbiError.REASON.encode("no"))).contains(AbiError.REASON);
    assertThat(abi.errorOf(Bytes.EMPTY)).isEmpty();
    assertThatThrownBy(() -> AbiError.PANIC.decode(data)).isInstanceOf(DecodingException.class);
  }

  @Test
  void decodedValuesBecomeWhatAProgramAsksFor() {
    assertThat(JavaMapping.to(long.class, BigInteger.TEN)).isEqualTo(10L);
    assertThat(JavaMapping.to(int.class, BigInteger.TEN)).isEqualTo(10);
    assertThat(JavaMapping.to(Amount.class, BigInteger.TEN)).isEqualTo(Amount.peb(10));
    assertThat(JavaMapping.to(UInt256.class, BigInteger.TEN)).isEqualTo(UInt256.of(10));
    assertThat(JavaMapping.to(Hash.class, Hash.ZERO.toBytes())).isEqualTo(Hash.ZERO);
    assertThat(JavaMapping.to(boolean.class, true)).isEqualTo(true);
    assertThatThrownBy(() -> JavaMapping.to(int.class, BigInteger.TWO.pow(31)))
        .isInstanceOf(DecodingException.class);
    assertThatThrownBy(() -> JavaMapping.to(String.class, BigInteger.TEN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
