package dev.klay.client.abi;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;

/**
 * Values in order, most of them with names: a struct, a function's results, an event's arguments.
 * The typed accessors throw {@link ClassCastException} where the value is of another type.
 *
 * @param names in order; empty where a value has none
 * @param values as {@link AbiType} tells
 */
public record AbiTuple(List<String> names, List<Object> values) {
  public AbiTuple {
    names = List.copyOf(names);
    values = Collections.unmodifiableList(new ArrayList<>(values));
    if (names.size() != values.size()) {
      throw new IllegalArgumentException(names.size() + " names for " + values.size() + " values");
    }
  }

  static AbiTuple of(List<AbiParameter> parameters, List<Object> values) {
    return new AbiTuple(parameters.stream().map(AbiParameter::name).toList(), values);
  }

  public int size() {
    return values.size();
  }

  /**
   * The value at an index.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public Object get(int index) {
    return values.get(index);
  }

  /**
   * The value of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Object get(String name) {
    int index = name.isEmpty() ? -1 : names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("there is no " + name + ", but " + names);
    }
    return values.get(index);
  }

  public BigInteger integer(String name) {
    return (BigInteger) get(name);
  }

  public BigInteger integer(int index) {
    return (BigInteger) get(index);
  }

  /** An unsigned integer as an amount in peb. */
  public Amount amount(String name) {
    return Amount.peb(integer(name));
  }

  /** An unsigned integer as an amount in peb. */
  public Amount amount(int index) {
    return Amount.peb(integer(index));
  }

  public boolean bool(String name) {
    return (Boolean) get(name);
  }

  public boolean bool(int index) {
    return (Boolean) get(index);
  }

  public Address address(String name) {
    return (Address) get(name);
  }

  public Address address(int index) {
    return (Address) get(index);
  }

  public String text(String name) {
    return (String) get(name);
  }

  public String text(int index) {
    return (String) get(index);
  }

  public Bytes bytes(String name) {
    return (Bytes) get(name);
  }

  public Bytes bytes(int index) {
    return (Bytes) get(index);
  }

  public List<?> list(String name) {
    return (List<?>) get(name);
  }

  public List<?> list(int index) {
    return (List<?>) get(index);
  }

  public AbiTuple tuple(String name) {
    return (AbiTuple) get(name);
  }

  public AbiTuple tuple(int index) {
    return (AbiTuple) get(index);
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "(", ")");
    for (int i = 0; i < values.size(); i++) {
      text.add((names.get(i).isEmpty() ? "" : names.get(i) + "=") + values.get(i));
    }
    return text.toString();
  }
}
