package dev.klay.core.explorer;

import dev.klay.crypto.primitive.Address;

/**
 * What a validator did.
 *
 * @param proposed number of final blocks that it proposed
 */
public record ValidatorView(String name, Address address, long proposed) {}
