package dev.klay.client.abi;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A type of the contract ABI. Its values in Java:
 *
 * <table>
 * <caption>What is taken, and what decoding gives</caption>
 * <tr><th>type</th><th>decoded as</th><th>also taken</th></tr>
 * <tr><td>uint8..256, int8..256</td><td>BigInteger</td><td>int, long, UInt256, Amount (in peb)</td></tr>
 * <tr><td>bool</td><td>Boolean</td><td></td></tr>
 * <tr><td>address</td><td>Address</td><td></td></tr>
 * <tr><td>bytes1..32, function</td><td>Bytes</td><td>byte[], Hash</td></tr>
 * <tr><td>bytes</td><td>Bytes</td><td>byte[], Hash</td></tr>
 * <tr><td>string</td><td>String</td><td></td></tr>
 * <tr><td>T[], T[n]</td><td>List</td><td>arrays</td></tr>
 * <tr><td>tuple (struct)</td><td>AbiTuple</td><td>List, record, Map by name</td></tr>
 * </table>
 *
 * <p>Fixed-point numbers are refused: no compiler can use them.
 */
public sealed interface AbiType {
  /** Bytes of one word. */
  int WORD = 32;

  /** Bytes that the fixed part of a type may take: no contract's data comes near. */
  int HEAD_BYTES_MAX = 1 << 24;

  /**
   * Reads a type such as {@code uint256}, {@code address[2][]} or {@code (string name, uint8[])}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static AbiType parse(String text) {
    return AbiText.type(text);
  }

  /** The form that selectors and topics are made of: no names, no blanks, no short forms. */
  String canonical();

  /** Whether values differ in length, so that an offset stands for them. */
  boolean isDynamic();

  /** Bytes in the fixed part: a word for a dynamic type. */
  default int headBytes() {
    return WORD;
  }

  /** An unsigned integer of 8 to 256 bits. */
  record Uint(int bits) implements AbiType {
    public Uint {
      ensureBits(bits);
    }

    @Override
    public String canonical() {
      return "uint" + bits;
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  /** A signed integer of 8 to 256 bits. */
  record Int(int bits) implements AbiType {
    public Int {
      ensureBits(bits);
    }

    @Override
    public String canonical() {
      return "int" + bits;
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  /** A truth value. */
  record Bool() implements AbiType {
    @Override
    public String canonical() {
      return "bool";
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  /** The address of an account. */
  record AccountAddress() implements AbiType {
    @Override
    public String canonical() {
      return "address";
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  /**
   * 1 to 32 bytes.
   *
   * @param function whether they are a contract's address and a selector; then there are 24
   */
  record FixedBytes(int size, boolean function) implements AbiType {
    public FixedBytes {
      if (size < 1 || size > WORD) {
        throw new IllegalArgumentException("bytes1 to bytes32, not bytes" + size);
      }
    }

    @Override
    public String canonical() {
      return function ? "function" : "bytes" + size;
    }

    @Override
    public boolean isDynamic() {
      return false;
    }
  }

  /** Any number of bytes. */
  record DynamicBytes() implements AbiType {
    @Override
    public String canonical() {
      return "bytes";
    }

    @Override
    public boolean isDynamic() {
      return true;
    }
  }

  /** Text in UTF-8. */
  record Text() implements AbiType {
    @Override
    public String canonical() {
      return "string";
    }

    @Override
    public boolean isDynamic() {
      return true;
    }
  }

  /** So many values of one type. */
  record FixedArray(AbiType element, int length) implements AbiType {
    public FixedArray {
      if (length < 1) {
        throw new IllegalArgumentException("an array has at least one element, not " + length);
      }
      ensureHead((long) element.headBytes() * length);
    }

    @Override
    public String canonical() {
      return element.canonical() + "[" + length + "]";
    }

    @Override
    public boolean isDynamic() {
      return element.isDynamic();
    }

    @Override
    public int headBytes() {
      return isDynamic() ? WORD : element.headBytes() * length;
    }
  }

  /** Any number of values of one type. */
  record DynamicArray(AbiType element) implements AbiType {
    @Override
    public String canonical() {
      return element.canonical() + "[]";
    }

    @Override
    public boolean isDynamic() {
      return true;
    }
  }

  /** A struct. */
  record Tuple(List<AbiParameter> components) implements AbiType {
    public Tuple {
      components = List.copyOf(components);
      if (components.isEmpty()) {
        throw new IllegalArgumentException("a tuple has at least one component");
      }
      ensureHead(components.stream().mapToLong(c -> c.type().headBytes()).sum());
    }

    @Override
    public String canonical() {
      return AbiType.canonical(components);
    }

    @Override
    public boolean isDynamic() {
      return components.stream().anyMatch(c -> c.type().isDynamic());
    }

    @Override
    public int headBytes() {
      return isDynamic() ? WORD : components.stream().mapToInt(c -> c.type().headBytes()).sum();
    }
  }

  /** The types in brackets, as behind a function's name. */
  static String canonical(List<AbiParameter> parameters) {
    return parameters.stream()
        .map(p -> p.type().canonical())
        .collect(Collectors.joining(",", "(", ")"));
  }

  private static void ensureBits(int bits) {
    if (bits < 8 || bits > 256 || bits % 8 != 0) {
      throw new IllegalArgumentException("integers have 8, 16, .. 256 bits, not " + bits);
    }
  }

  private static void ensureHead(long bytes) {
    if (bytes > HEAD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a type takes at most " + HEAD_BYTES_MAX + " bytes, not " + bytes);
    }
  }
}
