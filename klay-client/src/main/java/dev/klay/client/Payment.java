package dev.klay.client;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;

/** An amount for somebody, one of many that are sent together. */
public record Payment(Address to, Amount amount) {}
