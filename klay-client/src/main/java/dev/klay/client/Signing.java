package dev.klay.client;

import dev.klay.client.signer.KeyRing;
import dev.klay.client.signer.Signer;
import dev.klay.core.account.Role;
import dev.klay.core.transaction.AccountUpdateTx;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.core.transaction.PartialTx;
import dev.klay.core.transaction.SignedTx;
import dev.klay.core.transaction.Tx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;

/** Has transactions signed by all signers of the role that each asks for. */
final class Signing {
  private Signing() {}

  static PartialTx asSender(PartialTx tx, long chainId, KeyRing keys) {
    Role role = tx.tx() instanceof AccountUpdateTx ? Role.ACCOUNT_UPDATE : Role.TRANSACTION;
    Bytes payload = tx.tx().signingPayload(chainId);
    PartialTx signed = tx;
    for (Signer signer : keys.signers(role)) {
      signed = signed.sign(chainId, signer.sign(payload));
    }
    return signed;
  }

  static PartialTx asFeePayer(PartialTx tx, long chainId, Address payer, KeyRing keys) {
    KlaytnTx klaytn = tx.tx();
    Bytes payload = klaytn.feePayerSigningPayload(payer, chainId);
    PartialTx signed = tx;
    for (Signer signer : keys.signers(Role.FEE_PAYER)) {
      signed = signed.signAsFeePayer(chainId, payer, signer.sign(payload));
    }
    return signed;
  }

  /** Of Ethereum's kinds, which have one signature. */
  static SignedTx ethereum(Tx tx, long chainId, KeyRing keys) {
    List<Signer> signers = keys.signers(Role.TRANSACTION);
    if (signers.size() != 1) {
      throw new IllegalArgumentException(
          tx.type().label() + " takes one signature, not " + signers.size());
    }
    return SignedTx.of(tx, chainId, signers.get(0).sign(tx.signingPayload(chainId)));
  }
}
