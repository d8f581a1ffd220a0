package dev.klay.core.transaction;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.keystore.KeyRole;
import dev.klay.crypto.keystore.UnlockedKeystore;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.Signature;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One of Klaytn's transactions on its way between parties that sign it and do not share their keys:
 * several keys of the sender, a fee payer. Immutable. Travels in the form that Klaytn's SDKs
 * exchange ({@code klaytn-transactions.md} section 4.2), which no node takes.
 *
 * <pre>{@code
 * Bytes message = draft.signAsSender(chainId, aliceKey).encode();     // Alice
 * SignedTx signed =                                                   // the sponsor
 *     PartialTx.decode(message).signAsFeePayer(chainId, sponsor, List.of(sponsorKey)).complete();
 * }</pre>
 */
public final class PartialTx {
  private final KlaytnTx tx;
  private final List<TxSignature> signatures;
  private final Optional<Address> feePayer;
  private final List<TxSignature> feePayerSignatures;

  PartialTx(
      KlaytnTx tx,
      List<TxSignature> signatures,
      Optional<Address> feePayer,
      List<TxSignature> feePayerSignatures) {
    this.tx = tx;
    this.signatures = withoutRepeats(signatures);
    this.feePayer = feePayer;
    this.feePayerSignatures = withoutRepeats(feePayerSignatures);
    ensureOneChain();
    ensureCount(this.signatures);
    ensureCount(this.feePayerSignatures);
  }

  private static List<TxSignature> withoutRepeats(List<TxSignature> signatures) {
    return List.copyOf(new LinkedHashSet<>(signatures));
  }

  private void ensureOneChain() {
    Set<Long> chains = new LinkedHashSet<>();
    signatures.forEach(signature -> chains.add(signature.chainId()));
    feePayerSignatures.forEach(signature -> chains.add(signature.chainId()));
    if (chains.size() > 1) {
      throw new IllegalArgumentException("signatures for different chains: " + chains);
    }
  }

  private static void ensureCount(List<TxSignature> signatures) {
    if (signatures.size() > TxDecoder.SIGNATURES_MAX) {
      throw new IllegalArgumentException(
          signatures.size() + " signatures, at most " + TxDecoder.SIGNATURES_MAX + " can be used");
    }
  }

  /** A transaction that nobody signed yet. */
  public static PartialTx of(KlaytnTx tx) {
    return new PartialTx(tx, List.of(), Optional.empty(), List.of());
  }

  /**
   * A signed transaction, to which more signatures are to come.
   *
   * @throws IllegalArgumentException if it is one of Ethereum's, which have exactly one
   */
  public static PartialTx of(SignedTx signed) {
    if (signed.tx() instanceof KlaytnTx klaytn) {
      return new PartialTx(
          klaytn, signed.signatures(), signed.feePayer(), signed.feePayerSignatures());
    }
    throw new IllegalArgumentException(signed.type().label() + " has one signature");
  }

  /**
   * Reads the exchange form, or the final one. A fee payer that is empty or zero is none;
   * signatures that stand for missing ones are left out, and repeated ones count once.
   *
   * @throws dev.klay.crypto.DecodingException if it is neither
   */
  public static PartialTx decode(Bytes encoded) {
    return PartialTxDecoder.decode(encoded);
  }

  public KlaytnTx tx() {
    return tx;
  }

  /** The sender's signatures so far. */
  public List<TxSignature> signatures() {
    return signatures;
  }

  /** Empty until the fee payer is known. */
  public Optional<Address> feePayer() {
    return feePayer;
  }

  /** The fee payer's signatures so far. */
  public List<TxSignature> feePayerSignatures() {
    return feePayerSignatures;
  }

  /** Adds signatures of the sender. */
  public PartialTx sign(long chainId, List<PrivateKey> keys) {
    List<TxSignature> all = new ArrayList<>(signatures);
    Hash digest = tx.signingHash(chainId);
    keys.forEach(key -> all.add(TxSignature.protectedBy(chainId, key, digest)));
    return new PartialTx(tx, all, feePayer, feePayerSignatures);
  }

  /** Adds the sender's signature of {@link Tx#signingHash} that was made elsewhere. */
  public PartialTx sign(long chainId, Signature signature) {
    List<TxSignature> all = new ArrayList<>(signatures);
    all.add(TxSignature.protectedBy(chainId, signature));
    return new PartialTx(tx, all, feePayer, feePayerSignatures);
  }

  /** Adds the signatures of all keys that the sender's keystore has for this kind. */
  public PartialTx sign(long chainId, UnlockedKeystore keystore) {
    KeyRole role = tx instanceof AccountUpdateTx ? KeyRole.ACCOUNT_UPDATE : KeyRole.TRANSACTION;
    return sign(chainId, keystore.signingKeys(role));
  }

  /**
   * Adds signatures of the fee payer, and names it.
   *
   * @throws IllegalStateException if the type has no fee payer or it is somebody else
   */
  public PartialTx signAsFeePayer(long chainId, Address payer, List<PrivateKey> keys) {
    Hash digest = tx.feePayerSigningHash(payer, chainId);
    return withFeePayer(
        payer, keys.stream().map(k -> TxSignature.protectedBy(chainId, k, digest)).toList());
  }

  /**
   * Adds the fee payer's signature of {@link KlaytnTx#feePayerSigningHash} that was made elsewhere,
   * and names it.
   *
   * @throws IllegalStateException if the type has no fee payer or it is somebody else
   */
  public PartialTx signAsFeePayer(long chainId, Address payer, Signature signature) {
    return withFeePayer(payer, List.of(TxSignature.protectedBy(chainId, signature)));
  }

  private PartialTx withFeePayer(Address payer, List<TxSignature> more) {
    if (!tx.type().isFeeDelegated()) {
      throw new IllegalStateException(tx.type().label() + " has no fee payer");
    }
    feePayer.ifPresent(known -> ensureSamePayer(known, payer));
    List<TxSignature> all = new ArrayList<>(feePayerSignatures);
    all.addAll(more);
    return new PartialTx(tx, signatures, Optional.of(payer), all);
  }

  /** Adds the signatures of all keys that the fee payer's keystore has for paying. */
  public PartialTx signAsFeePayer(long chainId, UnlockedKeystore keystore) {
    return signAsFeePayer(chainId, keystore.address(), keystore.signingKeys(KeyRole.FEE_PAYER));
  }

  /**
   * Puts together what two parties signed: first these signatures, then the other's.
   *
   * @throws IllegalArgumentException if it is another transaction or for another chain
   * @throws IllegalStateException if both name a fee payer and not the same
   */
  public PartialTx combine(PartialTx other) {
    if (!tx.equals(other.tx)) {
      throw new IllegalArgumentException("not the same transaction: " + tx + " and " + other.tx);
    }
    feePayer.ifPresent(known -> other.feePayer.ifPresent(payer -> ensureSamePayer(known, payer)));
    List<TxSignature> ofSender = new ArrayList<>(signatures);
    ofSender.addAll(other.signatures);
    List<TxSignature> ofPayer = new ArrayList<>(feePayerSignatures);
    ofPayer.addAll(other.feePayerSignatures);
    return new PartialTx(tx, ofSender, feePayer.or(() -> other.feePayer), ofPayer);
  }

  private static void ensureSamePayer(Address known, Address payer) {
    if (!known.equals(payer)) {
      throw new IllegalStateException("the fee payer is " + known + ", not " + payer);
    }
  }

  /** Whether every party that must sign has signed at least once. */
  public boolean isComplete() {
    return missing().isEmpty();
  }

  private Optional<String> missing() {
    if (signatures.isEmpty()) {
      return Optional.of("the sender has not signed");
    }
    return tx.type().isFeeDelegated() && feePayerSignatures.isEmpty()
        ? Optional.of("the fee payer has not signed")
        : Optional.empty();
  }

  /**
   * The transaction as a node takes it. Whether the signatures are enough for the accounts' keys is
   * the chain's to say.
   *
   * @throws IllegalStateException naming who has not signed yet
   */
  public SignedTx complete() {
    missing()
        .ifPresent(
            who -> {
              throw new IllegalStateException(who + ": " + tx);
            });
    return new SignedTx(tx, signatures, feePayer, feePayerSignatures);
  }

  /**
   * The hash that the sender knows before a fee payer signs; changes with each signature of the
   * sender.
   *
   * @throws IllegalStateException if the sender has not signed
   */
  public Hash senderTxHash() {
    if (signatures.isEmpty()) {
      throw new IllegalStateException("the sender has not signed: " + tx);
    }
    return Keccak256.hash(encode(false));
  }

  /** The exchange form; with all signatures the final one. */
  public Bytes encode() {
    return encode(tx.type().isFeeDelegated());
  }

  private Bytes encode(boolean withFeePayer) {
    RlpWriter writer = new RlpWriter().raw(new byte[] {(byte) tx.type().code()});
    writer.beginList();
    tx.writeFields(writer);
    writeSignatures(writer, signatures);
    if (withFeePayer) {
      TxFields.writeRecipient(writer, feePayer);
      writeSignatures(writer, feePayerSignatures);
    }
    return writer.endList().toBytes();
  }

  private static void writeSignatures(RlpWriter writer, List<TxSignature> signatures) {
    writer.beginList();
    List<TxSignature> shown =
        signatures.isEmpty() ? List.of(PartialTxDecoder.PLACEHOLDER) : signatures;
    for (TxSignature signature : shown) {
      writer.beginList();
      signature.write(writer);
      writer.endList();
    }
    writer.endList();
  }

  static List<PrivateKey> list(PrivateKey key, PrivateKey... more) {
    List<PrivateKey> keys = new ArrayList<>();
    keys.add(key);
    keys.addAll(List.of(more));
    return keys;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartialTx that && encode().equals(that.encode());
  }

  @Override
  public int hashCode() {
    return encode().hashCode();
  }

  @Override
  public String toString() {
    return tx.type().label()
        + " of "
        + tx.from()
        + ", "
        + missing().map(who -> who + " yet").orElse("signed by all");
  }
}
