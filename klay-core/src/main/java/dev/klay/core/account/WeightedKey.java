package dev.klay.core.account;

import dev.klay.crypto.secp256k1.PublicKey;

/**
 * A member of a weighted multisig key.
 *
 * @param weight an unsigned 64-bit integer; zero is decoded but not installable
 */
public record WeightedKey(long weight, PublicKey key) {}
