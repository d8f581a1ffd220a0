/** A wallet for people: password, keystore file, private key; then send. */
@NullMarked
package dev.klay.client.wallet;

import org.jspecify.annotations.NullMarked;
