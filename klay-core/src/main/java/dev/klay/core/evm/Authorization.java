package dev.klay.core.evm;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import java.util.Optional;

/**
 * An account's wish to run the code of another (EIP-7702), its signature already recovered.
 *
 * @param chainId the chain it is for; zero for any
 * @param target whose code to run; {@link Address#ZERO} for none any more
 * @param nonce of the account that signed, unsigned
 * @param authority who signed; empty if the signature is none, and then nothing is done
 */
public record Authorization(
    UInt256 chainId, Address target, long nonce, Optional<Address> authority) {}
