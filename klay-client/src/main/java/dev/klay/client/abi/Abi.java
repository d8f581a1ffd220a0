package dev.klay.client.abi;

import dev.klay.core.block.Log;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a contract understands: its functions, events, errors and constructor. Immutable.
 *
 * <pre>{@code
 * Abi token = Abi.of(
 *     "function transfer(address to, uint256 amount) returns (bool)",
 *     "event Transfer(address indexed from, address indexed to, uint256 value)",
 *     "error InsufficientBalance(uint256 balance, uint256 needed)");
 * Bytes calldata = token.function("transfer").encodeCall(friend, 100);
 * }</pre>
 *
 * @param constructor the arguments of a creation
 * @param payable whether a creation may bring KLAY along
 */
public record Abi(
    List<AbiFunction> functions,
    List<AbiEvent> events,
    List<AbiError> errors,
    List<AbiParameter> constructor,
    boolean payable) {
  public Abi {
    functions = List.copyOf(functions);
    events = List.copyOf(events);
    errors = List.copyOf(errors);
    constructor = List.copyOf(constructor);
  }

  /**
   * Reads declarations as Solidity writes them, each with {@code function}, {@code event}, {@code
   * error} or {@code constructor} in front.
   *
   * @throws IllegalArgumentException at the first that is none of these
   */
  public static Abi of(String... declarations) {
    return of(List.of(declarations));
  }

  /** See {@link #of(String...)}. */
  public static Abi of(List<String> declarations) {
    List<AbiFunction> functions = new ArrayList<>();
    List<AbiEvent> events = new ArrayList<>();
    List<AbiError> errors = new ArrayList<>();
    AbiFunction constructor =
        new AbiFunction("constructor", List.of(), List.of(), AbiFunction.Mutability.NONPAYABLE);
    for (String each : declarations) {
      String declaration = each.strip();
      if (declaration.startsWith("function ")) {
        functions.add(AbiFunction.parse(declaration));
      } else if (declaration.startsWith("event ")) {
        events.add(AbiEvent.parse(declaration));
      } else if (declaration.startsWith("error ")) {
        errors.add(AbiError.parse(declaration));
      } else if (declaration.startsWith("constructor")) {
        constructor = AbiFunction.parse(declaration);
      } else {
        throw new IllegalArgumentException(
            "a declaration starts with function, event, error or constructor: " + declaration);
      }
    }
    return new Abi(
        functions,
        events,
        errors,
        constructor.inputs(),
        constructor.mutability() == AbiFunction.Mutability.PAYABLE);
  }

  /**
   * Reads the JSON that compilers write: the list itself, or an object with it as {@code abi}, as
   * Hardhat, Foundry and Truffle keep it.
   *
   * @throws DecodingException if it is neither
   */
  public static Abi parseJson(String json) {
    return AbiJson.read(json);
  }

  /**
   * A function by its name, or by its signature such as {@code mint(address,uint256)} where there
   * are several of a name.
   *
   * @throws IllegalArgumentException if there is none, or there are several
   */
  public AbiFunction function(String nameOrSignature) {
    List<AbiFunction> found =
        functions.stream().filter(f -> isNamed(nameOrSignature, f.name(), f.signature())).toList();
    return only(nameOrSignature, found, functions);
  }

  /** An event by its name or signature; see {@link #function}. */
  public AbiEvent event(String nameOrSignature) {
    List<AbiEvent> found =
        events.stream().filter(e -> isNamed(nameOrSignature, e.name(), e.signature())).toList();
    return only(nameOrSignature, found, events);
  }

  /** An error by its name or signature; see {@link #function}. */
  public AbiError error(String nameOrSignature) {
    List<AbiError> found =
        errors.stream().filter(e -> isNamed(nameOrSignature, e.name(), e.signature())).toList();
    return only(nameOrSignature, found, errors);
  }

  private static boolean isNamed(String wanted, String name, String signature) {
    return wanted.equals(wanted.indexOf('(') < 0 ? name : signature);
  }

  private static <T> T only(String wanted, List<T> found, List<T> all) {
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.isEmpty()
              ? "there is no " + wanted + ", but " + all
              : wanted + " is ambiguous, give the signature: " + found);
    }
    return found.get(0);
  }

  /** The event that a log is one of, if it is one of these; never an anonymous one. */
  public Optional<AbiEvent> eventOf(Log log) {
    return events.stream().filter(e -> !e.anonymous() && e.matches(log)).findFirst();
  }

  /**
   * A log that is understood; empty if it is none of these events.
   *
   * @throws DecodingException if its data is not canonical
   */
  public Optional<DecodedLog> decode(Log log) {
    return eventOf(log).map(event -> new DecodedLog(event, event.decode(log), log));
  }

  /** The error that revert data names, if it is one of these or of Solidity's own two. */
  public Optional<AbiError> errorOf(Bytes revertData) {
    List<AbiError> known = new ArrayList<>(errors);
    known.add(AbiError.REASON);
    known.add(AbiError.PANIC);
    return known.stream().filter(e -> e.matches(revertData)).findFirst();
  }

  /**
   * Init code with the constructor's arguments behind it.
   *
   * @throws IllegalArgumentException naming the argument that does not fit
   */
  public Bytes encodeCreation(Bytes initCode, Object... arguments) {
    byte[] parameters = AbiEncoder.parameters(constructor, List.of(arguments));
    byte[] all = new byte[initCode.size() + parameters.length];
    System.arraycopy(initCode.unsafeArray(), 0, all, 0, initCode.size());
    System.arraycopy(parameters, 0, all, initCode.size(), parameters.length);
    return Bytes.wrap(all);
  }

  /** The same with what the other understands, too. */
  public Abi with(Abi other) {
    return new Abi(
        joined(functions, other.functions),
        joined(events, other.events),
        joined(errors, other.errors),
        constructor,
        payable);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    second.stream().filter(each -> !all.contains(each)).forEach(all::add);
    return all;
  }

  /** Values as the ABI encodes a sequence of these types, such as {@code "uint256", "string"}. */
  public static Bytes encode(List<String> types, List<?> values) {
    return Bytes.wrap(AbiEncoder.parameters(parameters(types), values));
  }

  /**
   * The values in a sequence of these types.
   *
   * @throws DecodingException if the data is not their canonical encoding
   */
  public static List<Object> decode(List<String> types, Bytes data) {
    return AbiDecoder.parameters(parameters(types), data);
  }

  private static List<AbiParameter> parameters(List<String> types) {
    return types.stream().map(t -> AbiParameter.of("", AbiType.parse(t))).toList();
  }
}
