package dev.klay.core.transaction;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.InvalidSignatureException;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import dev.klay.crypto.secp256k1.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction with its signatures, as it travels and stands in blocks. Immutable; its encoding,
 * hash and signers are computed once and shared by every node of the JVM that holds the object.
 * Equal when the encodings are equal.
 */
public final class SignedTx {
  private static final byte ETHEREUM_ENVELOPE = 0x78;

  private final Tx tx;
  private final TxType type;
  private final List<TxSignature> signatures;
  private final Optional<Address> feePayer;
  private final List<TxSignature> feePayerSignatures;
  private final Optional<Address> impersonated;
  private final Bytes encoded;
  private final Hash hash;

  // Caches; a race only computes them twice.
  private volatile @Nullable List<PublicKey> signers;
  private volatile @Nullable List<PublicKey> feePayerSigners;

  SignedTx(
      Tx tx,
      List<TxSignature> signatures,
      Optional<Address> feePayer,
      List<TxSignature> feePayerSignatures) {
    this(tx, signatures, feePayer, feePayerSignatures, Optional.empty());
  }

  private SignedTx(
      Tx tx,
      List<TxSignature> signatures,
      Optional<Address> feePayer,
      List<TxSignature> feePayerSignatures,
      Optional<Address> impersonated) {
    if (tx.type().isFeeDelegated() != feePayer.isPresent()) {
      throw new IllegalArgumentException(
          tx.type().label() + (feePayer.isPresent() ? " has no fee payer" : " needs a fee payer"));
    }
    this.tx = tx;
    this.type = tx.type();
    this.signatures = List.copyOf(signatures);
    this.feePayer = feePayer;
    this.feePayerSignatures = List.copyOf(feePayerSignatures);
    this.impersonated = impersonated;
    this.encoded = encode(true);
    this.hash = Keccak256.hash(ethereumEncoding());
  }

  /**
   * A transaction and signatures that were made elsewhere.
   *
   * @param feePayer present exactly for the fee-delegated types
   * @throws IllegalArgumentException if they do not suit the type
   */
  public static SignedTx of(
      Tx tx,
      List<TxSignature> signatures,
      Optional<Address> feePayer,
      List<TxSignature> feePayerSignatures) {
    if (signatures.isEmpty() || tx.type().isEthereum() && signatures.size() != 1) {
      throw new IllegalArgumentException(
          tx.type().label() + " cannot have " + signatures.size() + " signatures");
    }
    return new SignedTx(tx, signatures, feePayer, feePayerSignatures);
  }

  /**
   * One of Ethereum's transactions and the signature of its {@link Tx#signingHash} that was made
   * elsewhere; Klaytn's are put together by {@link PartialTx}.
   *
   * @throws IllegalArgumentException if it is one of Klaytn's
   */
  public static SignedTx of(Tx tx, long chainId, Signature signature) {
    if (!tx.type().isEthereum()) {
      throw new IllegalArgumentException(tx.type().label() + " is signed as a PartialTx");
    }
    TxSignature made =
        tx instanceof EthereumTypedTx
            ? TxSignature.typed(signature)
            : TxSignature.protectedBy(chainId, signature);
    return of(forChain(tx, chainId), List.of(made), Optional.empty(), List.of());
  }

  /**
   * Signs for a chain. Legacy and Ethereum's types take exactly one key, Klaytn's any number.
   *
   * @throws IllegalArgumentException on a wrong number of keys, or for a fee-delegated type
   */
  public static SignedTx sign(Tx tx, long chainId, PrivateKey... keys) {
    return new SignedTx(
        forChain(tx, chainId), senderSignatures(tx, chainId, keys), Optional.empty(), List.of());
  }

  /**
   * Signs a fee-delegated transaction for both parties.
   *
   * @throws IllegalArgumentException if the type is not fee-delegated or a key is missing
   */
  public static SignedTx signDelegated(
      KlaytnTx tx,
      long chainId,
      List<PrivateKey> keys,
      Address feePayer,
      List<PrivateKey> payerKeys) {
    Hash digest = tx.feePayerSigningHash(feePayer, chainId);
    if (payerKeys.isEmpty()) {
      throw new IllegalArgumentException("the fee payer has no key to sign with");
    }
    return new SignedTx(
        tx,
        senderSignatures(tx, chainId, keys.toArray(PrivateKey[]::new)),
        Optional.of(feePayer),
        payerKeys.stream().map(k -> TxSignature.protectedBy(chainId, k, digest)).toList());
  }

  /**
   * A transaction of an account that did not sign it. Only development chains whose cheats are on
   * take it, as this object: its encoding has a signature that no key can make (r is the account, s
   * is above half of the curve's order), so whoever reads it back finds no sender and refuses it.
   *
   * @throws IllegalArgumentException if it is fee-delegated, or names another sender itself
   */
  public static SignedTx impersonated(Tx tx, Address sender, long chainId) {
    if (tx instanceof KlaytnTx klaytn && !klaytn.from().equals(sender)) {
      throw new IllegalArgumentException("the transaction is from " + klaytn.from());
    }
    return new SignedTx(
        forChain(tx, chainId),
        List.of(TxSignature.ofNobody(sender, tx instanceof EthereumTypedTx ? 0 : chainId)),
        Optional.empty(),
        List.of(),
        Optional.of(sender));
  }

  private static Tx forChain(Tx tx, long chainId) {
    return tx instanceof EthereumTypedTx typed && typed.chainId() == 0
        ? typed.withChainId(chainId)
        : tx;
  }

  private static List<TxSignature> senderSignatures(Tx tx, long chainId, PrivateKey... keys) {
    if (keys.length == 0 || tx.type().isEthereum() && keys.length != 1) {
      throw new IllegalArgumentException(
          tx.type().label() + " cannot be signed by " + keys.length + " keys");
    }
    Hash digest = tx.signingHash(chainId);
    if (tx instanceof EthereumTypedTx) {
      return List.of(TxSignature.typed(keys[0], digest));
    }
    return Arrays.stream(keys).map(k -> TxSignature.protectedBy(chainId, k, digest)).toList();
  }

  /**
   * Reads the encoding of one transaction as it stands in blocks: Ethereum's typed ones behind
   * 0x78.
   *
   * @throws dev.klay.crypto.DecodingException if it is not canonical, of an unknown type or carries
   *     signatures out of range
   */
  public static SignedTx decode(Bytes encoded) {
    return TxDecoder.decode(encoded);
  }

  /**
   * Reads what Ethereum's tools send: a legacy transaction, or a type byte and a list. Klaytn's own
   * types are refused here, and so are Ethereum's behind 0x78.
   *
   * @throws dev.klay.crypto.DecodingException as {@link #decode}
   */
  public static SignedTx decodeEthereum(Bytes encoded) {
    boolean list = !encoded.isEmpty() && (encoded.get(0) & 0xff) >= 0xc0;
    return list
        ? decode(encoded)
        : decode(new RlpWriter().raw(new byte[] {ETHEREUM_ENVELOPE}).raw(encoded).toBytes());
  }

  /** Reads the next transaction of a sequence, as in a block body; see {@link #decode}. */
  public static SignedTx read(RlpReader items) {
    return TxDecoder.read(items);
  }

  public Tx tx() {
    return tx;
  }

  public TxType type() {
    return type;
  }

  /** The sender's signatures, at least one. */
  public List<TxSignature> signatures() {
    return signatures;
  }

  /** Present exactly in the fee-delegated types. */
  public Optional<Address> feePayer() {
    return feePayer;
  }

  /** The fee payer's signatures; empty where there is no fee payer. */
  public List<TxSignature> feePayerSignatures() {
    return feePayerSignatures;
  }

  /** The form on the wire and in blocks; the items of a body are these, one after the other. */
  public Bytes encode() {
    return encoded;
  }

  /** Keccak-256 of the encoding; of Ethereum's typed ones without 0x78, as Ethereum has it. */
  public Hash hash() {
    return hash;
  }

  /** The hash that a sender can know before a fee payer signed; elsewhere the hash. */
  public Hash senderTxHash() {
    return feePayer.isPresent() ? Keccak256.hash(encode(false)) : hash;
  }

  /** The chain it is signed for; empty for legacy transactions without replay protection. */
  public Optional<Long> chainId() {
    if (tx instanceof EthereumTypedTx typed) {
      return Optional.of(typed.chainId());
    }
    TxSignature first = signatures.get(0);
    return first.isProtected() ? Optional.of(first.chainId()) : Optional.empty();
  }

  /**
   * The account that sends: named by Klaytn's types, else that of the key which signed.
   *
   * @throws InvalidSignatureException if it is not named and the signature has no key
   */
  public Address sender() {
    if (impersonated.isPresent()) {
      return impersonated.orElseThrow();
    }
    return tx instanceof KlaytnTx klaytn ? klaytn.from() : signers().get(0).toAddress();
  }

  /** Whether nobody signed it, see {@link #impersonated}. */
  public boolean isImpersonated() {
    return impersonated.isPresent();
  }

  /** Who pays the fee or, with a ratio, a part of it: the fee payer if there is one. */
  public Address payer() {
    return feePayer.orElseGet(this::sender);
  }

  /**
   * The key of each of the sender's signatures, in their order.
   *
   * @throws InvalidSignatureException if one has a high s or no key
   */
  public List<PublicKey> signers() {
    List<PublicKey> known = signers;
    if (known == null) {
      boolean typed = tx.type().isEthereumTyped();
      Hash digest = tx.signingHash(chainId().orElse(0L));
      known =
          recoverAll(
              signatures,
              digest,
              typed ? TxSignature::typedCurveSignature : TxSignature::curveSignature);
      signers = known;
    }
    return known;
  }

  /**
   * The key of each of the fee payer's signatures, in their order; empty without a fee payer.
   *
   * @throws InvalidSignatureException if one is out of range, has a high s or no key
   */
  public List<PublicKey> feePayerSigners() {
    List<PublicKey> known = feePayerSigners;
    if (known == null) {
      known = feePayer.map(this::recoverFeePayer).orElse(List.of());
      feePayerSigners = known;
    }
    return known;
  }

  /**
   * Recovers all signers now, so that they are known when they are asked for. Signatures without a
   * key are left for then.
   */
  public void recoverAhead() {
    try {
      signers();
      feePayerSigners();
    } catch (InvalidSignatureException named) {
      return; // whoever asks for the signers is told
    }
  }

  /**
   * Whether every signature of the fee payer binds the sender's chain. A chain refuses a
   * transaction where one does not; the codec, like Klaytn's, lets it pass.
   */
  public boolean isOneChain() {
    for (TxSignature signature : feePayerSignatures) {
      if (signature.chainId() != chainId().orElse(0L)) {
        return false;
      }
    }
    return true;
  }

  private List<PublicKey> recoverFeePayer(Address payer) {
    long chainId = chainId().orElse(0L);
    Hash digest = ((KlaytnTx) tx).feePayerSigningHash(payer, chainId);
    return recoverAll(feePayerSignatures, digest, TxSignature::curveSignature);
  }

  private static List<PublicKey> recoverAll(
      List<TxSignature> signatures, Hash digest, Function<TxSignature, Signature> form) {
    return signatures.stream().map(s -> TxSignature.recover(form.apply(s), digest)).toList();
  }

  private Bytes encode(boolean withFeePayer) {
    RlpWriter writer = new RlpWriter(192 + tx.input().size());
    if (tx instanceof EthereumTypedTx typed) {
      writer.raw(new byte[] {ETHEREUM_ENVELOPE, (byte) typed.ethereumType()});
    } else if (tx instanceof KlaytnTx) {
      writer.raw(new byte[] {(byte) tx.type().code()});
    }
    writer.beginList();
    tx.writeFields(writer);
    if (tx instanceof KlaytnTx) {
      writeSignatures(writer, signatures);
      if (withFeePayer) {
        feePayer.ifPresent(payer -> writeSignatures(writer.address(payer), feePayerSignatures));
      }
    } else {
      signatures.get(0).write(writer);
    }
    return writer.endList().toBytes();
  }

  private static void writeSignatures(RlpWriter writer, List<TxSignature> signatures) {
    writer.beginList();
    for (TxSignature signature : signatures) {
      writer.beginList();
      signature.write(writer);
      writer.endList();
    }
    writer.endList();
  }

  /**
   * The encoding that Ethereum's tools know: of its typed transactions without the leading 0x78
   * (EIP-2718), of all others {@link #encode}.
   */
  public Bytes ethereumEncoding() {
    return tx instanceof EthereumTypedTx ? encoded.slice(1, encoded.size()) : encoded;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedTx that && hash.equals(that.hash) && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return type().label() + " " + hash;
  }
}
