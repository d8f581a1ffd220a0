package dev.klay.client.abi;

/**
 * An argument, a result, or a component of a struct.
 *
 * @param name empty if it has none
 * @param indexed whether an event keeps it in a topic
 */
public record AbiParameter(String name, AbiType type, boolean indexed) {
  public static AbiParameter of(String name, AbiType type) {
    return new AbiParameter(name, type, false);
  }

  @Override
  public String toString() {
    return type.canonical() + (indexed ? " indexed" : "") + (name.isEmpty() ? "" : " " + name);
  }
}
