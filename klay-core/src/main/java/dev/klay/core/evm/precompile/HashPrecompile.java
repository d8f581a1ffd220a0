package dev.klay.core.evm.precompile;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/** The contracts whose cost is linear in the words of their input (Yellow Paper, appendix E.1). */
enum HashPrecompile implements Precompile {
  SHA256(60, 12, 1_000, 100) {
    @Override
    public byte[] run(byte[] input) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(input);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java has SHA-256", e);
      }
    }
  },

  /** The 20 bytes of the digest behind 12 zeros. */
  RIPEMD160(600, 120, 100, 10) {
    @Override
    public byte[] run(byte[] input) {
      RIPEMD160Digest digest = new RIPEMD160Digest();
      digest.update(input, 0, input.length);
      byte[] output = new byte[32];
      digest.doFinal(output, 12);
      return output;
    }
  },

  IDENTITY(15, 3, 0, 0) {
    @Override
    public byte[] run(byte[] input) {
      return input.clone();
    }
  };

  private final long gas;
  private final long gasOfWord;
  private final long cost;
  private final long costOfWord;

  HashPrecompile(long gas, long gasOfWord, long cost, long costOfWord) {
    this.gas = gas;
    this.gasOfWord = gasOfWord;
    this.cost = cost;
    this.costOfWord = costOfWord;
  }

  private static long words(CallData input) {
    return (input.size() + 31L) / 32;
  }

  @Override
  public long gas(CallData input) {
    return gas + gasOfWord * words(input);
  }

  @Override
  public long computationCost(CallData input) {
    return cost + costOfWord * words(input);
  }
}
