package dev.klay.core.transaction;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpException;
import dev.klay.crypto.rlp.RlpReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the form in which Klaytn's SDKs exchange transactions: caver-java writes a fee payer that
 * is not known yet as an empty string, caver-js as 20 zero bytes; both write one placeholder where
 * signatures are missing.
 */
final class PartialTxDecoder {
  /** Stands where nobody signed yet: v is 1, r and s are empty. */
  static final TxSignature PLACEHOLDER = new TxSignature(1, UInt256.ZERO, UInt256.ZERO);

  private PartialTxDecoder() {}

  static PartialTx decode(Bytes encoded) {
    RlpReader items = RlpReader.of(encoded);
    if (items.nextIsList()) {
      throw new RlpException("a transaction of Ethereum's has exactly one signature");
    }
    TxType type = TxDecoder.readType(items);
    if (type.isEthereum()) {
      throw new RlpException("a transaction of Ethereum's has exactly one signature");
    }
    RlpReader fields = items.readList();
    PartialTx tx = read(type, fields);
    fields.expectEnd();
    items.expectEnd();
    return tx;
  }

  private static PartialTx read(TxType type, RlpReader fields) {
    KlaytnTx tx = TxDecoder.readKlaytnFields(type, fields);
    List<TxSignature> signatures = readSignatures(fields);
    Optional<Address> feePayer = Optional.empty();
    List<TxSignature> feePayerSignatures = List.of();
    if (type.isFeeDelegated()) {
      feePayer = TxFields.readRecipient(fields).filter(payer -> !payer.equals(Address.ZERO));
      feePayerSignatures = readSignatures(fields);
    }
    if (feePayer.isEmpty() && !feePayerSignatures.isEmpty()) {
      throw new RlpException("a fee payer signed and is not named");
    }
    try {
      return new PartialTx(tx, signatures, feePayer, feePayerSignatures);
    } catch (IllegalArgumentException e) {
      throw new RlpException(String.valueOf(e.getMessage()));
    }
  }

  private static List<TxSignature> readSignatures(RlpReader fields) {
    List<TxSignature> signatures = new ArrayList<>();
    for (TxSignature signature : TxDecoder.readSignatures(fields)) {
      if (!signature.equals(PLACEHOLDER)) {
        signature.ensureInRange(false);
        signatures.add(signature);
      }
    }
    return signatures;
  }
}
