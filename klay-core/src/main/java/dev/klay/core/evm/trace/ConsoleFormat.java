package dev.klay.core.evm.trace;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Turns the calldata of a {@code console.log} into text: arguments one after the other, a space
 * between; placeholders {@code %s %d %i %o} of a leading string are filled in first.
 */
final class ConsoleFormat {
  private static final int SELECTOR = 4;
  private static final int WORD = 32;

  /** Of one dynamic argument; a line shows no more anyway. */
  private static final int BYTES_MAX = 2 * ConsoleTracer.LINE_LENGTH_MAX;

  private ConsoleFormat() {}

  /** The text; the calldata in hex if no signature fits. Any bytes may come. */
  static String text(Bytes input) {
    if (input.size() < SELECTOR) {
      return "undecoded " + input.toHex();
    }
    Optional<List<String>> types = ConsoleSignatures.types(input.slice(0, SELECTOR));
    return types
        .flatMap(found -> arguments(found, input.slice(SELECTOR, input.size())))
        .map(found -> join(types.orElseThrow(), found))
        .orElseGet(() -> "undecoded " + head(input).toHex());
  }

  private static Bytes head(Bytes input) {
    return input.slice(0, Math.min(input.size(), BYTES_MAX));
  }

  private static Optional<List<String>> arguments(List<String> types, Bytes data) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      if (data.size() < WORD * (i + 1)) {
        return Optional.empty();
      }
      Optional<String> argument = argument(types.get(i), data, WORD * i);
      if (argument.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(argument.orElseThrow());
    }
    return Optional.of(arguments);
  }

  private static Optional<String> argument(String type, Bytes data, int at) {
    byte[] word = data.slice(at, at + WORD).toArray();
    return switch (type) {
      case "uint256", "uint" -> Optional.of(new BigInteger(1, word).toString());
      case "int256", "int" -> Optional.of(new BigInteger(word).toString());
      case "bool" -> Optional.of(String.valueOf(new BigInteger(1, word).signum() != 0));
      case "address" ->
          Optional.of(Address.wrap(Arrays.copyOfRange(word, WORD - Address.SIZE, WORD)).toString());
      case "string" ->
          dynamic(word, data).map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8));
      case "bytes" -> dynamic(word, data).map(Bytes::toHex);
      default -> // bytes1 to bytes32
          Optional.of(
              Bytes.wrap(Arrays.copyOf(word, Integer.parseInt(type.substring("bytes".length()))))
                  .toHex());
    };
  }

  private static Optional<Bytes> dynamic(byte[] offsetWord, Bytes data) {
    long offset = number(offsetWord);
    if (offset > data.size() - WORD) {
      return Optional.empty();
    }
    int start = (int) offset + WORD;
    long length = number(data.slice((int) offset, start).toArray());
    return length > data.size() - start
        ? Optional.empty()
        : Optional.of(data.slice(start, start + (int) Math.min(length, BYTES_MAX)));
  }

  private static long number(byte[] word) {
    UInt256 number = UInt256.fromBytes(word);
    return number.fitsLong() ? number.toLong() : Long.MAX_VALUE;
  }

  private static String join(List<String> types, List<String> arguments) {
    Iterator<String> rest = arguments.iterator();
    StringBuilder line = new StringBuilder();
    if (!types.isEmpty() && types.get(0).equals("string")) {
      fill(line, rest.next(), rest);
    } else if (rest.hasNext()) {
      line.append(rest.next());
    }
    while (rest.hasNext()) {
      line.append(' ').append(rest.next());
    }
    return line.toString();
  }

  private static void fill(StringBuilder line, String format, Iterator<String> arguments) {
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      char next = i + 1 < format.length() ? format.charAt(i + 1) : ' ';
      if (c == '%' && "sdio".indexOf(next) >= 0 && arguments.hasNext()) {
        line.append(arguments.next());
        i++;
      } else if (c == '%' && next == '%') {
        line.append('%');
        i++;
      } else {
        line.append(c);
      }
    }
  }
}
