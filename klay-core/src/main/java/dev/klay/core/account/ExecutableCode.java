package dev.klay.core.account;

import dev.klay.crypto.primitive.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Code made ready to run: padded so that no PUSH reads behind the end, jump targets marked.
 * Immutable; its array is shared with the machine, which never writes to it.
 */
public final class ExecutableCode {
  /** What a machine derived from the code. Immutable, and nothing depends on its being kept. */
  public interface Attachment {}

  /** No code, which stops at once. */
  public static final ExecutableCode EMPTY = new ExecutableCode(Bytes.EMPTY);

  private static final int PADDING = 33;
  private static final int JUMPDEST = 0x5b;
  private static final int PUSH1 = 0x60;
  private static final int PUSH32 = 0x7f;

  private final byte[] padded;
  private final int length;
  private final long[] targets;
  private volatile @Nullable Attachment attachment;

  public ExecutableCode(Bytes code) {
    length = code.size();
    padded = Arrays.copyOf(code.unsafeArray(), length + PADDING);
    targets = new long[(length >> 6) + 1];
    for (int pc = 0; pc < length; pc++) {
      int op = padded[pc] & 0xff;
      if (op == JUMPDEST) {
        targets[pc >> 6] |= 1L << (pc & 63);
      } else if (op >= PUSH1 && op <= PUSH32) {
        pc += op - PUSH1 + 1;
      }
    }
  }

  /** The code, then 33 zeros, which are STOPs. */
  public byte[] unsafePadded() {
    return padded;
  }

  /** Bytes of the code without padding. */
  public int length() {
    return length;
  }

  /** What was attached last. */
  public @Nullable Attachment attachment() {
    return attachment;
  }

  /** Keeps what a machine derived for as long as the code is kept, in place of what was. */
  public void attach(Attachment derived) {
    attachment = derived;
  }

  /** Whether there is a JUMPDEST that is not data of a PUSH. */
  public boolean isJumpTarget(long pc) {
    return pc < length && (targets[(int) pc >> 6] >>> (pc & 63) & 1) != 0;
  }
}
