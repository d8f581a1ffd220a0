package dev.klay.core.transaction;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpException;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.InvalidSignatureException;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The permission of an account's owner to run another account's code in its name (EIP-7702). One
 * that is not valid is skipped when it is executed; it does not make a transaction invalid.
 *
 * @param chainId where it holds; 0 for every chain
 * @param address whose code is to run; zero takes a permission back
 * @param nonce of the owner's account; unsigned
 * @param yParity 0 or 1 if valid, up to 255 as it is read
 */
public record Authorization(
    UInt256 chainId, Address address, long nonce, int yParity, UInt256 r, UInt256 s) {
  private static final byte MAGIC = 0x05;

  /** Gas of each costs 25,000, so no block has so many; a bound on work for hostile input. */
  static final int COUNT_MAX = 10_000;

  /**
   * Signs a permission.
   *
   * @param chainId 0 for every chain
   * @param nonce the owner's account will have when it is executed: one more than that of the
   *     transaction if the owner sends it itself
   */
  public static Authorization sign(long chainId, Address address, long nonce, PrivateKey owner) {
    UInt256 chain = UInt256.of(chainId);
    Signature signature = owner.sign(digest(chain, address, nonce));
    return new Authorization(
        chain, address, nonce, signature.recoveryId(), signature.r(), signature.s());
  }

  /** The digest that the owner signs: Keccak-256 of 0x05 and RLP([chainId, address, nonce]). */
  public Hash signingHash() {
    return digest(chainId, address, nonce);
  }

  private static Hash digest(UInt256 chainId, Address address, long nonce) {
    RlpWriter writer = new RlpWriter().raw(new byte[] {MAGIC});
    writer.list(w -> w.integer(chainId).address(address).unsignedLong(nonce));
    Bytes payload = writer.toBytes();
    return Keccak256.hash(payload);
  }

  /** The account whose owner signed; empty if nobody can have signed so, or s is high (EIP-2). */
  public Optional<Address> authority() {
    try {
      Signature signature = new Signature(r, s, yParity);
      return Optional.of(TxSignature.recover(signature, signingHash()).toAddress());
    } catch (InvalidSignatureException invalid) {
      return Optional.empty();
    }
  }

  static List<Authorization> readList(RlpReader fields) {
    List<Authorization> all = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      if (all.size() == COUNT_MAX) {
        throw new RlpException(
            RlpException.Reason.LIMIT, "more than " + COUNT_MAX + " authorizations");
      }
      all.add(read(list.readList()));
    }
    return all;
  }

  private static Authorization read(RlpReader item) {
    Authorization authorization =
        new Authorization(
            item.readUInt256(),
            item.readAddress(),
            item.readUnsignedLong(),
            item.readInt(0xff),
            item.readUInt256(),
            item.readUInt256());
    item.expectEnd();
    return authorization;
  }

  void write(RlpWriter writer) {
    writer.beginList().integer(chainId).address(address).unsignedLong(nonce).integer(yParity);
    writer.integer(r).integer(s).endList();
  }
}
