package dev.klay.client.abi;

import dev.klay.crypto.primitive.Bytes;
import java.util.List;

/**
 * A function of a contract.
 *
 * @param inputs the arguments
 * @param outputs the results
 */
public record AbiFunction(
    String name, List<AbiParameter> inputs, List<AbiParameter> outputs, Mutability mutability) {
  /** What a function may do. */
  public enum Mutability {
    PURE,
    VIEW,
    NONPAYABLE,
    PAYABLE;

    /** Whether it changes nothing, so that it is called and not sent. */
    public boolean isReadOnly() {
      return this == PURE || this == VIEW;
    }
  }

  public AbiFunction {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Reads {@code balanceOf(address owner) view returns (uint256)}, with or without {@code function}
   * in front.
   *
   * @throws IllegalArgumentException if it is no function
   */
  public static AbiFunction parse(String declaration) {
    return DeclarationText.function(declaration);
  }

  /** Such as {@code balanceOf(address)}. */
  public String signature() {
    return name + AbiType.canonical(inputs);
  }

  /** The first four bytes of the signature's Keccak-256. */
  public Bytes selector() {
    return Selector.of(signature());
  }

  /**
   * The calldata.
   *
   * @throws IllegalArgumentException naming the argument that does not fit
   */
  public Bytes encodeCall(Object... arguments) {
    return encodeArguments(List.of(arguments));
  }

  /** The calldata for arguments in a list; see {@link #encodeCall}. */
  public Bytes encodeArguments(List<?> arguments) {
    return Selector.prepend(selector(), AbiEncoder.parameters(inputs, arguments));
  }

  /**
   * The arguments in calldata.
   *
   * @throws dev.klay.crypto.DecodingException if it is no call of this function
   */
  public AbiTuple decodeCall(Bytes calldata) {
    return Selector.decode(calldata, selector(), inputs);
  }

  /** What the function returns, as bytes. */
  public Bytes encodeResult(List<?> results) {
    return Bytes.wrap(AbiEncoder.parameters(outputs, results));
  }

  /**
   * The results in what a call returned.
   *
   * @throws dev.klay.crypto.DecodingException if they are not; so if no contract is at the address
   */
  public AbiTuple decodeResult(Bytes output) {
    return AbiTuple.of(outputs, AbiDecoder.parameters(outputs, output));
  }

  @Override
  public String toString() {
    return signature();
  }
}
