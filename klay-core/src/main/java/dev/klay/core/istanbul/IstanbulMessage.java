package dev.klay.core.istanbul;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.Signature;

/**
 * A signed message of Klaytn's Istanbul ({@code klaytn-consensus.md} section 2).
 *
 * @param parentHash of the proposal; of the last block where a round is to change
 * @param message the inner RLP: a {@link Subject}, or view and block of a PREPREPARE
 * @param sender as it claims; Klaytn never compares it with {@link #signer}
 * @param signature 65 bytes, empty before signing
 * @param committedSeal 65 bytes in a COMMIT, elsewhere empty
 */
public record IstanbulMessage(
    Hash parentHash,
    Code code,
    Bytes message,
    Address sender,
    Bytes signature,
    Bytes committedSeal) {
  private static final int SIGNATURE_SIZE = 65;

  /** The kinds, in the order of their numbers. */
  public enum Code {
    PREPREPARE,
    PREPARE,
    COMMIT,
    ROUND_CHANGE
  }

  /**
   * What is voted on.
   *
   * @param digest of the block; zero where a round is to change
   */
  public record Subject(long round, long sequence, Hash digest, Hash parentHash) {
    public Bytes encode() {
      return RlpWriter.encodeList(
          w -> w.list(view -> view.integer(round).integer(sequence)).hash(digest).hash(parentHash));
    }

    public static Subject decode(Bytes encoded) {
      RlpReader fields = RlpReader.ofSingleList(encoded);
      RlpReader view = fields.readList();
      Subject subject =
          new Subject(view.readLong(), view.readLong(), fields.readHash(), fields.readHash());
      view.expectEnd();
      fields.expectEnd();
      return subject;
    }
  }

  public IstanbulMessage {
    ensureSeal("signature", signature);
    ensureSeal("committed seal", committedSeal);
  }

  private static void ensureSeal(String what, Bytes seal) {
    if (!seal.isEmpty() && seal.size() != SIGNATURE_SIZE) {
      throw new DecodingException(
          "a " + what + " has " + SIGNATURE_SIZE + " bytes, not " + seal.size());
    }
  }

  /** A vote, signed by its sender. */
  public static IstanbulMessage sign(Code code, Subject subject, Bytes seal, PrivateKey key) {
    IstanbulMessage unsigned =
        new IstanbulMessage(
            subject.parentHash(), code, subject.encode(), key.address(), Bytes.EMPTY, seal);
    return unsigned.withSignature(key.sign(unsigned.signingHash()).encode());
  }

  private IstanbulMessage withSignature(Bytes made) {
    return new IstanbulMessage(parentHash, code, message, sender, made, committedSeal);
  }

  /**
   * Reads a message.
   *
   * @throws dev.klay.crypto.DecodingException if it is none
   */
  public static IstanbulMessage decode(Bytes encoded) {
    RlpReader fields = RlpReader.ofSingleList(encoded);
    IstanbulMessage read =
        new IstanbulMessage(
            fields.readHash(),
            Code.values()[fields.readInt(Code.values().length - 1)],
            fields.readBytes(),
            fields.readAddress(),
            fields.readBytes(),
            fields.readBytes());
    fields.expectEnd();
    return read;
  }

  public Bytes encode() {
    return encode(signature);
  }

  private Bytes encode(Bytes shownSignature) {
    return RlpWriter.encodeList(
        w ->
            w.hash(parentHash)
                .integer(code.ordinal())
                .bytes(message)
                .address(sender)
                .bytes(shownSignature)
                .bytes(committedSeal));
  }

  /** The bytes under {@link #signingHash}: the message with an empty signature. */
  public Bytes signingPayload() {
    return encode(Bytes.EMPTY);
  }

  /** The digest that the sender signs. */
  public Hash signingHash() {
    return Keccak256.hash(signingPayload());
  }

  /**
   * Who signed.
   *
   * @throws dev.klay.crypto.DecodingException if nobody can have signed so
   */
  public Address signer() {
    return Signature.decode(signature).recoverAddress(signingHash());
  }

  /** The network's message 0x11 around it: RLP([parentHash, message]). */
  public Bytes frame() {
    Bytes payload = encode();
    return RlpWriter.encodeList(w -> w.hash(parentHash).bytes(payload));
  }
}
