package dev.klay.core.evm;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Bytecode from words: mnemonics, and hex digits behind {@code 0x} as they are. {@code :name} marks
 * a jump target, {@code @name} pushes where it is.
 */
public final class Assembly {
  private Assembly() {}

  public static Bytes of(String source) {
    Map<String, Integer> labels = new HashMap<>();
    assemble(source, labels, false);
    return assemble(source, labels, true);
  }

  /** Init code that deploys a contract. */
  public static Bytes deploying(Bytes code) {
    int size = code.size();
    byte[] head = Hex.decode(String.format("61%04x80600a5f395ff3", size));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(code.toArray());
    return Bytes.wrap(all.toByteArray());
  }

  /** Words that call an account with all gas and no input, and leave whether it succeeded. */
  public static String call(Address to, String gas) {
    return "PUSH0 PUSH0 PUSH0 PUSH0 PUSH0 PUSH20 " + to.toHex() + " " + gas + " CALL ";
  }

  private static Bytes assemble(String source, Map<String, Integer> labels, boolean known) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    for (String word : source.strip().split("\\s+")) {
      if (word.startsWith("0x")) {
        code.writeBytes(Hex.decode(word.substring(2)));
      } else if (word.startsWith(":")) {
        labels.put(word.substring(1), code.size());
        code.write(Opcodes.JUMPDEST);
      } else if (word.startsWith("@")) {
        int target = known ? labels.get(word.substring(1)) : 0;
        code.write(Opcodes.PUSH1 + 1);
        code.write(target >> 8);
        code.write(target);
      } else {
        code.write(opcode(word));
      }
    }
    return Bytes.wrap(code.toByteArray());
  }

  static int opcode(String mnemonic) {
    for (int opcode = 0; opcode < 256; opcode++) {
      if (Mnemonics.of(opcode).equals(mnemonic)) {
        return opcode;
      }
    }
    throw new IllegalArgumentException("no opcode is called " + mnemonic);
  }
}
