package dev.klay.core.account;

/**
 * By which rules code was deployed: one byte of the account, format in the low half.
 *
 * @param format 0 to 15; 0 is EVM
 * @param vmVersion 0 to 15; 0 before the Istanbul fork, 1 from there on
 */
public record CodeInfo(int format, int vmVersion) {
  public static final CodeInfo BEFORE_ISTANBUL = new CodeInfo(0, 0);
  public static final CodeInfo ISTANBUL = new CodeInfo(0, 1);

  public CodeInfo {
    if ((format & ~0xf) != 0 || (vmVersion & ~0xf) != 0) {
      throw new IllegalArgumentException("not two half bytes: " + format + ", " + vmVersion);
    }
  }

  static CodeInfo ofByte(int value) {
    return new CodeInfo(value & 0xf, value >> 4);
  }

  int toByte() {
    return vmVersion << 4 | format;
  }
}
