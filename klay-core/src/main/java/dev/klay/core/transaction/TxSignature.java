package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.InvalidSignatureException;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import dev.klay.crypto.secp256k1.Signature;

/**
 * A signature as transactions carry it.
 *
 * @param v recovery id + 35 + 2 * chain id; 27 or 28 in unprotected legacy transactions; the bare
 *     recovery id in Ethereum's typed ones
 */
public record TxSignature(long v, UInt256 r, UInt256 s) {
  /** The largest chain id that v can express. */
  public static final long CHAIN_ID_MAX = (Long.MAX_VALUE - 36) / 2;

  static TxSignature read(RlpReader reader) {
    return new TxSignature(reader.readLong(), reader.readUInt256(), reader.readUInt256());
  }

  /** Signs with a v that binds the chain (EIP-155, and all of Klaytn's types). */
  static TxSignature protectedBy(long chainId, PrivateKey key, Hash digest) {
    return protectedBy(chainId, key.sign(digest));
  }

  /** A signature with a v that binds the chain. */
  static TxSignature protectedBy(long chainId, Signature signature) {
    if (chainId < 1 || chainId > CHAIN_ID_MAX) {
      throw new IllegalArgumentException("chain id is not in 1.." + CHAIN_ID_MAX + ": " + chainId);
    }
    return new TxSignature(signature.recoveryId() + 35 + 2 * chainId, signature.r(), signature.s());
  }

  /** Signs with the bare recovery id as v. */
  static TxSignature typed(PrivateKey key, Hash digest) {
    return typed(key.sign(digest));
  }

  static TxSignature typed(Signature signature) {
    return new TxSignature(signature.recoveryId(), signature.r(), signature.s());
  }

  /**
   * Stands where an account did not sign; no recovery gives a key for it.
   *
   * @param chainId that v binds; 0 for a bare recovery id
   */
  static TxSignature ofNobody(Address account, long chainId) {
    UInt256 aboveHalf = Signature.N.minus(UInt256.ONE);
    return new TxSignature(
        chainId == 0 ? 0 : 35 + 2 * chainId, UInt256.fromBytes(account.toArray()), aboveHalf);
  }

  void write(RlpWriter writer) {
    writer.integer(v).integer(r).integer(s);
  }

  /** Whether v binds a chain. */
  boolean isProtected() {
    return v >= 35;
  }

  /** The chain that v binds, 0 if it binds none. */
  long chainId() {
    return isProtected() ? (v - 35) / 2 : 0;
  }

  /** The curve's form of a signature whose v may bind a chain. */
  Signature curveSignature() {
    return new Signature(r, s, (int) (isProtected() ? (v - 35) % 2 : v - 27));
  }

  /** The curve's form of a signature whose v is the recovery id. */
  Signature typedCurveSignature() {
    return new Signature(r, s, v > 1 ? -1 : (int) v);
  }

  /** Refuses what no key can have made; high s passes here and fails at recovery. */
  void ensureInRange(boolean typed) {
    try {
      Signature unused = typed ? typedCurveSignature() : curveSignature();
      assert unused != null;
    } catch (InvalidSignatureException e) {
      throw new MalformedTransactionException(
          MalformedTransactionException.Reason.SIGNATURE_VALUES,
          "invalid transaction v, r, s values: v=" + v + " r=" + r + " s=" + s);
    }
  }

  /**
   * The key behind a curve signature of a transaction.
   *
   * @throws InvalidSignatureException on high s (EIP-2), or if no key made it
   */
  static PublicKey recover(Signature signature, Hash digest) {
    if (!signature.isLowS()) {
      throw new InvalidSignatureException("the signature has a high s: " + signature.s());
    }
    return signature.recover(digest);
  }
}
