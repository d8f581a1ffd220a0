package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.klay.core.service.BlockRef;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value in the parameters of a call: every {@code as} method returns what it says, or fails with
 * -32602 and a message in Klaytn's words that names the place.
 *
 * @param argument its place among the parameters
 * @param path the fields that lead to it within the argument, empty for the argument itself
 */
public record RpcValue(int argument, String path, JsonNode json) {
  private static final int HASH_DIGITS = 2 * Hash.SIZE;
  private static final int ADDRESS_DIGITS = 2 * Address.SIZE;

  /** Whether it is there, and not null. */
  public boolean isPresent() {
    return !json.isMissingNode() && !json.isNull();
  }

  RpcException wrong(String what) {
    String place = path.isEmpty() ? "" : path + ": ";
    return RpcException.invalid("invalid argument " + argument + ": " + place + what);
  }

  private RpcValue required() {
    if (!isPresent()) {
      throw path.isEmpty()
          ? RpcException.invalid("missing value for required argument " + argument)
          : wrong("is missing");
    }
    return this;
  }

  private String text(String what) {
    required();
    if (!json.isTextual()) {
      throw wrong("json: cannot unmarshal non-string into " + what);
    }
    return json.textValue();
  }

  /** Hexadecimal digits behind 0x. */
  private String digits(String what) {
    String text = text(what);
    if (text.isEmpty()) {
      throw wrong("empty hex string");
    }
    if (!text.startsWith("0x") && !text.startsWith("0X")) {
      throw wrong("hex string without 0x prefix");
    }
    String digits = text.substring(2);
    if (!digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw wrong("invalid hex string");
    }
    return digits;
  }

  public Address asAddress() {
    String digits = digits("common.Address");
    if (digits.length() != ADDRESS_DIGITS) {
      throw wrong(
          "hex string has length "
              + digits.length()
              + ", want "
              + ADDRESS_DIGITS
              + " for common.Address");
    }
    return Address.wrap(Bytes.fromHex("0x" + digits).toArray());
  }

  public Hash asHash() {
    String digits = digits("common.Hash");
    if (digits.length() != HASH_DIGITS) {
      throw wrong(
          "hex string has length "
              + digits.length()
              + ", want "
              + HASH_DIGITS
              + " for common.Hash");
    }
    return Hash.fromHex("0x" + digits);
  }

  public Bytes asBytes() {
    String digits = digits("hexutil.Bytes");
    if (digits.length() % 2 != 0) {
      throw wrong("hex string of odd length");
    }
    return Bytes.fromHex("0x" + digits);
  }

  /** Up to 32 bytes as a number, leading zeros or not: a slot of storage. */
  public UInt256 asWord() {
    String digits = digits("common.Hash");
    if (digits.isEmpty() || digits.length() > HASH_DIGITS) {
      throw wrong("a word has 1 to " + HASH_DIGITS + " hexadecimal digits, not " + digits.length());
    }
    String all = "0".repeat(HASH_DIGITS - digits.length()) + digits;
    return UInt256.fromBytes(Bytes.fromHex("0x" + all).toArray());
  }

  /** An unsigned number in hexadecimal without leading zeros. */
  public UInt256 asQuantity() {
    String digits = digits("hexutil.Big");
    if (digits.isEmpty()) {
      throw wrong("hex string \"0x\"");
    }
    if (digits.length() > 1 && digits.startsWith("0")) {
      throw wrong("hex number with leading zero digits");
    }
    if (digits.length() > HASH_DIGITS) {
      throw wrong("hex number > 256 bits");
    }
    return UInt256.fromHex("0x" + digits);
  }

  /** A quantity of peb. */
  public Amount asAmount() {
    return Amount.peb(asQuantity());
  }

  /** A quantity that is not negative as a long. */
  public long asLong() {
    UInt256 number = asQuantity();
    if (!number.fitsLong()) {
      throw wrong("hex number > 63 bits");
    }
    return number.toLong();
  }

  /** A number that tools write in any way: a quantity, a JSON integer, or decimal digits. */
  public long asNumber() {
    if (json.isIntegralNumber() && json.canConvertToLong() && json.longValue() >= 0) {
      return json.longValue();
    }
    boolean isDecimal = json.isTextual() && json.textValue().matches("[0-9]{1,18}");
    return isDecimal ? Long.parseLong(json.textValue()) : asLong();
  }

  /** A count: a quantity or a JSON integer, 0 to 2^31-1. */
  public int asCount() {
    if (json.isIntegralNumber() && json.canConvertToInt() && json.intValue() >= 0) {
      return json.intValue();
    }
    long number = asLong();
    if (number > Integer.MAX_VALUE) {
      throw wrong("hex number > 31 bits");
    }
    return (int) number;
  }

  public boolean asFlag() {
    required();
    if (!json.isBoolean()) {
      throw wrong("json: cannot unmarshal non-boolean into bool");
    }
    return json.booleanValue();
  }

  public String asText() {
    return text("string");
  }

  public double asDecimal() {
    required();
    if (!json.isNumber()) {
      throw wrong("json: cannot unmarshal non-number into float64");
    }
    return json.doubleValue();
  }

  /**
   * A block: its number as a quantity or a JSON integer, its hash, a name, or an object with {@code
   * blockNumber} or {@code blockHash}. What is final here is final for ever, so {@code safe} and
   * {@code finalized} are the latest.
   */
  public BlockRef asBlock() {
    required();
    if (json.isObject()) {
      return asBlockObject();
    }
    if (json.isIntegralNumber()) {
      if (!json.canConvertToLong() || json.longValue() < 0) {
        throw wrong("a block number is 0 or more and has at most 63 bits");
      }
      return BlockRef.number(json.longValue());
    }
    String text = text("rpc.BlockNumberOrHash");
    return switch (text) {
      case "latest", "safe", "finalized" -> BlockRef.LATEST;
      case "pending" -> BlockRef.PENDING;
      case "earliest" -> BlockRef.EARLIEST;
      default ->
          text.length() == 2 + HASH_DIGITS ? BlockRef.hash(asHash()) : BlockRef.number(asLong());
    };
  }

  private BlockRef asBlockObject() {
    RpcValue number = field("blockNumber");
    RpcValue hash = field("blockHash");
    if (number.isPresent() == hash.isPresent()) {
      throw wrong("exactly one of blockNumber and blockHash is wanted");
    }
    return hash.isPresent() ? BlockRef.hash(hash.asHash()) : number.asBlock();
  }

  /** A block as {@link #asBlock}, the latest where there is none. */
  public BlockRef asBlockOrLatest() {
    return isPresent() ? asBlock() : BlockRef.LATEST;
  }

  /** A field of an object; it may be missing. */
  public RpcValue field(String name) {
    return new RpcValue(argument, path.isEmpty() ? name : path + "." + name, json.path(name));
  }

  /** This as an object. */
  public RpcValue asObject() {
    required();
    if (!json.isObject()) {
      throw wrong("an object is wanted");
    }
    return this;
  }

  /** The items of an array. */
  public List<RpcValue> asList() {
    required();
    if (!json.isArray()) {
      throw wrong("an array is wanted");
    }
    List<RpcValue> items = new ArrayList<>();
    for (JsonNode item : json) {
      items.add(new RpcValue(argument, path + "[" + items.size() + "]", item));
    }
    return items;
  }

  /** The members of an object by name, in its order. */
  public Map<String, RpcValue> asMembers() {
    asObject();
    Map<String, RpcValue> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      members.put(entry.getKey(), field(entry.getKey()));
    }
    return members;
  }

  /** The name of this member as a value of its own, to read it as a number or address. */
  public RpcValue named(String name) {
    return new RpcValue(argument, path, TextNode.valueOf(name));
  }
}
