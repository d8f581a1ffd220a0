package dev.klay.client.abi;

import dev.klay.crypto.primitive.Bytes;
import java.util.List;

/** An error that a contract reverts with. */
public record AbiError(String name, List<AbiParameter> inputs) {
  /** What {@code require} and {@code revert("...")} make. */
  public static final AbiError REASON = parse("Error(string reason)");

  /** What a failed assertion, an overflow and the like make. */
  public static final AbiError PANIC = parse("Panic(uint256 code)");

  public AbiError {
    inputs = List.copyOf(inputs);
  }

  /**
   * Reads {@code TooPoor(uint256 balance, uint256 price)}, with or without {@code error} in front.
   *
   * @throws IllegalArgumentException if it is no error
   */
  public static AbiError parse(String declaration) {
    return DeclarationText.error(declaration);
  }

  /** Such as {@code TooPoor(uint256,uint256)}. */
  public String signature() {
    return name + AbiType.canonical(inputs);
  }

  /** The first four bytes of the signature's Keccak-256. */
  public Bytes selector() {
    return Selector.of(signature());
  }

  /** Whether revert data starts with the selector. */
  public boolean matches(Bytes revertData) {
    return Selector.starts(revertData, selector());
  }

  /** The revert data. */
  public Bytes encode(Object... arguments) {
    return Selector.prepend(selector(), AbiEncoder.parameters(inputs, List.of(arguments)));
  }

  /**
   * The arguments in revert data.
   *
   * @throws dev.klay.crypto.DecodingException if it is another error
   */
  public AbiTuple decode(Bytes revertData) {
    return Selector.decode(revertData, selector(), inputs);
  }

  @Override
  public String toString() {
    return signature();
  }
}
