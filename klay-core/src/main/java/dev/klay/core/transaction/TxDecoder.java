package dev.klay.core.transaction;

import dev.klay.core.transaction.MalformedTransactionException.Reason;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a transaction from the one to three RLP items that it is on the wire and in a block: a
 * list; or a type and a list; or 0x78, Ethereum's type and a list ({@code klaytn-transactions.md}
 * section 4.1).
 */
final class TxDecoder {
  private static final int ETHEREUM_ENVELOPE = 0x78;

  /** More signatures than any account key could use; a bound on work for hostile input. */
  static final int SIGNATURES_MAX = 64;

  private TxDecoder() {}

  static SignedTx read(RlpReader items) {
    try {
      return readNext(items);
    } catch (DecodingException e) {
      throw MalformedTransactionException.of(e);
    }
  }

  private static SignedTx readNext(RlpReader items) {
    TxType type = readType(items);
    RlpReader fields = items.readList();
    SignedTx tx = type.isEthereum() ? readEthereum(type, fields) : readKlaytn(type, fields);
    fields.expectEnd();
    return tx;
  }

  static TxType readType(RlpReader items) {
    if (items.nextIsList()) {
      return TxType.LEGACY;
    }
    int first = items.readInt(0xff);
    int code = first == ETHEREUM_ENVELOPE ? ETHEREUM_ENVELOPE << 8 | items.readInt(0xff) : first;
    return TxType.ofCode(code)
        .filter(type -> type != TxType.LEGACY)
        .orElseThrow(
            () ->
                new MalformedTransactionException(
                    Reason.UNDEFINED_TYPE, "undefined tx type: 0x" + Integer.toHexString(code)));
  }

  private static SignedTx readEthereum(TxType type, RlpReader fields) {
    Tx tx =
        switch (type) {
          case LEGACY -> LegacyTx.read(fields);
          case ACCESS_LIST -> AccessListTx.read(fields);
          case DYNAMIC_FEE -> DynamicFeeTx.read(fields);
          case SET_CODE -> SetCodeTx.read(fields);
          default -> throw new AssertionError(type);
        };
    TxSignature signature = TxSignature.read(fields);
    signature.ensureInRange(type.isEthereumTyped());
    return new SignedTx(tx, List.of(signature), Optional.empty(), List.of());
  }

  private static SignedTx readKlaytn(TxType type, RlpReader fields) {
    KlaytnTx tx = readKlaytnFields(type, fields);
    List<TxSignature> signatures = readSignatures(fields);
    ensureOneChain(signatures);
    if (!type.isFeeDelegated()) {
      return new SignedTx(tx, signatures, Optional.empty(), List.of());
    }
    Address feePayer = fields.readAddress();
    return new SignedTx(tx, signatures, Optional.of(feePayer), readSignatures(fields));
  }

  static KlaytnTx readKlaytnFields(TxType type, RlpReader fields) {
    return switch (type.code() & ~3) {
      case 0x08 -> ValueTransferTx.read(fields, type);
      case 0x10 -> MemoTx.read(fields, type);
      case 0x20 -> AccountUpdateTx.read(fields, type);
      case 0x28 -> DeployTx.read(fields, type);
      case 0x30 -> ExecutionTx.read(fields, type);
      case 0x38 -> CancelTx.read(fields, type);
      case 0x48 -> AnchoringTx.read(fields, type);
      default -> throw new AssertionError(type);
    };
  }

  static List<TxSignature> readSignatures(RlpReader fields) {
    List<TxSignature> signatures = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      if (signatures.size() == SIGNATURES_MAX) {
        throw new MalformedTransactionException(
            Reason.TOO_MANY, "more than " + SIGNATURES_MAX + " signatures");
      }
      RlpReader signature = list.readList();
      signatures.add(TxSignature.read(signature));
      signature.expectEnd();
    }
    if (signatures.isEmpty()) {
      throw new MalformedTransactionException(
          Reason.NO_SIGNATURE, "the transaction has no signature");
    }
    return signatures;
  }

  /** The rule covers the sender's signatures only; a fee payer's are judged at recovery. */
  private static void ensureOneChain(List<TxSignature> signatures) {
    for (TxSignature signature : signatures) {
      signature.ensureInRange(false);
      if (signature.chainId() != signatures.get(0).chainId()) {
        throw new MalformedTransactionException(
            Reason.DIFFERENT_CHAINS,
            "signatures for different chains: "
                + signatures.get(0).chainId()
                + " and "
                + signature.chainId());
      }
    }
  }

  /** One transaction and nothing behind it. */
  static SignedTx decode(Bytes encoded) {
    RlpReader items = RlpReader.of(encoded);
    SignedTx tx = read(items);
    if (items.hasNext()) {
      throw new MalformedTransactionException(
          Reason.TRAILING_BYTES,
          (encoded.size() - items.position()) + " bytes follow the transaction");
    }
    return tx;
  }
}
