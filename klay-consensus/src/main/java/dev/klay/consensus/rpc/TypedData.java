package dev.klay.consensus.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Structured data that people sign (EIP-712): {@code types}, {@code primaryType}, {@code domain}
 * and {@code message}, as an object or the text of one. How deep it nests is bounded by {@link
 * RpcLimits#DEPTH_MAX}.
 */
final class TypedData {
  private static final String DOMAIN = "EIP712Domain";
  private static final Pattern ARRAY = Pattern.compile("(.+)\\[([0-9]{0,9})\\]");
  private static final Pattern INTEGER = Pattern.compile("(u?)int([0-9]{0,3})");
  private static final Pattern FIXED_BYTES = Pattern.compile("bytes([1-9]|[12][0-9]|3[0-2])");
  private static final Pattern NUMBER = Pattern.compile("-?(0x[0-9a-fA-F]{1,64}|[0-9]{1,78})");
  private static final int WORD = 32;

  private final RpcValue data;
  private final Map<String, List<RpcValue>> types = new HashMap<>();
  private final Map<String, Hash> typeHashes = new HashMap<>();

  private TypedData(RpcValue data) {
    this.data = data;
    data.field("types").asMembers().forEach((name, members) -> types.put(name, members.asList()));
  }

  static TypedData read(RpcValue given) {
    if (!given.json().isTextual()) {
      return new TypedData(given.asObject());
    }
    JsonNode read = JsonText.read(given.asText().getBytes(StandardCharsets.UTF_8));
    return new TypedData(new RpcValue(given.argument(), "", read).asObject());
  }

  /** What is signed. */
  Hash digest() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(0x19);
    all.write(0x01);
    all.writeBytes(hash(DOMAIN, data.field("domain").asObject()).toArray());
    String primary = data.field("primaryType").asText();
    if (!primary.equals(DOMAIN)) {
      all.writeBytes(hash(primary, data.field("message").asObject()).toArray());
    }
    return Keccak256.hash(all.toByteArray());
  }

  private List<RpcValue> members(String type) {
    List<RpcValue> members = types.get(type);
    if (members == null) {
      throw data.field("types").wrong("says nothing of " + type);
    }
    return members;
  }

  private Hash hash(String type, RpcValue struct) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(typeHash(type).toArray());
    for (RpcValue member : members(type)) {
      String name = member.field("name").asText();
      all.writeBytes(word(member.field("type").asText(), struct.field(name)));
    }
    return Keccak256.hash(all.toByteArray());
  }

  private Hash typeHash(String type) {
    Hash known = typeHashes.get(type);
    if (known == null) {
      known = Keccak256.hash(signature(type).getBytes(StandardCharsets.UTF_8));
      typeHashes.put(type, known);
    }
    return known;
  }

  /** The type, then those it is made of by name. */
  private String signature(String type) {
    TreeSet<String> others = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(type));
    while (!open.isEmpty()) {
      for (RpcValue member : members(open.remove())) {
        String used = withoutArrays(member.field("type").asText());
        if (types.containsKey(used) && !used.equals(type) && others.add(used)) {
          open.add(used);
        }
      }
    }
    StringBuilder text = new StringBuilder(declaration(type));
    others.forEach(other -> text.append(declaration(other)));
    return text.toString();
  }

  private static String withoutArrays(String type) {
    int bracket = type.indexOf('[');
    return bracket < 0 ? type : type.substring(0, bracket);
  }

  private String declaration(String type) {
    return members(type).stream()
        .map(member -> member.field("type").asText() + " " + member.field("name").asText())
        .collect(Collectors.joining(",", type + "(", ")"));
  }

  /** A value as 32 bytes. */
  private byte[] word(String type, RpcValue value) {
    Matcher array = ARRAY.matcher(type);
    if (array.matches()) {
      return arrayHash(array.group(1), array.group(2), value);
    }
    if (types.containsKey(type)) {
      return value.isPresent() ? hash(type, value.asObject()).toArray() : new byte[WORD];
    }
    return switch (type) {
      case "string" -> Keccak256.hash(value.asText().getBytes(StandardCharsets.UTF_8)).toArray();
      case "bytes" -> Keccak256.hash(value.asBytes()).toArray();
      case "bool" -> number(value.asFlag() ? BigInteger.ONE : BigInteger.ZERO);
      case "address" -> padded(value.asAddress().toArray(), WORD - 20);
      default -> sized(type, value);
    };
  }

  private byte[] arrayHash(String type, String length, RpcValue value) {
    List<RpcValue> items = value.asList();
    if (!length.isEmpty() && items.size() != Integer.parseInt(length)) {
      throw value.wrong(items.size() + " items, where the type has " + length);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    items.forEach(item -> all.writeBytes(word(type, item)));
    return Keccak256.hash(all.toByteArray()).toArray();
  }

  private static byte[] sized(String type, RpcValue value) {
    Matcher bytes = FIXED_BYTES.matcher(type);
    if (bytes.matches()) {
      Bytes given = value.asBytes();
      if (given.size() > Integer.parseInt(bytes.group(1))) {
        throw value.wrong(given.size() + " bytes do not fit " + type);
      }
      return Arrays.copyOf(given.toArray(), WORD);
    }
    Matcher integer = INTEGER.matcher(type);
    if (!integer.matches()) {
      throw value.wrong("there is no type " + type);
    }
    int bits = integer.group(2).isEmpty() ? 256 : Integer.parseInt(integer.group(2));
    BigInteger number = integer(value);
    boolean unsigned = integer.group(1).equals("u");
    boolean fits =
        unsigned ? number.signum() >= 0 && number.bitLength() <= bits : number.bitLength() < bits;
    if (bits < 8 || bits > 256 || !fits) {
      throw value.wrong(number + " does not fit " + type);
    }
    return number(number);
  }

  /** A JSON integer, or digits in text: decimal, or hexadecimal behind 0x. */
  private static BigInteger integer(RpcValue value) {
    if (value.json().isIntegralNumber()) {
      return value.json().bigIntegerValue();
    }
    String text = value.asText();
    if (!NUMBER.matcher(text).matches()) {
      throw value.wrong("an integer is wanted");
    }
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    BigInteger read =
        digits.startsWith("0x") ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
    return negative ? read.negate() : read;
  }

  /** Two's complement, big-endian. */
  private static byte[] number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int skipped = Math.max(0, bytes.length - WORD); // a sign byte in front of 32
    byte[] word =
        padded(Arrays.copyOfRange(bytes, skipped, bytes.length), WORD - bytes.length + skipped);
    if (number.signum() < 0) {
      Arrays.fill(word, 0, WORD - bytes.length + skipped, (byte) 0xff);
    }
    return word;
  }

  private static byte[] padded(byte[] bytes, int zeros) {
    byte[] word = new byte[WORD];
    System.arraycopy(bytes, 0, word, zeros, bytes.length);
    return word;
  }
}
