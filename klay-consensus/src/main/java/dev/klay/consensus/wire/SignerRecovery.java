package dev.klay.consensus.wire;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.Signature;

/** Finds out who signed. The simulator has a second, faster scheme. */
public interface SignerRecovery {
  /** secp256k1, 65 bytes r, s, recovery id, low s only. */
  SignerRecovery SECP256K1 =
      (digest, signature) -> {
        Signature decoded = Signature.decode(signature);
        if (!decoded.isLowS()) {
          throw new DecodingException("high s in signature " + signature);
        }
        return decoded.recoverAddress(digest);
      };

  /**
   * The signer of a digest.
   *
   * @throws DecodingException if the signature is malformed
   */
  Address recover(Hash digest, Bytes signature);
}
