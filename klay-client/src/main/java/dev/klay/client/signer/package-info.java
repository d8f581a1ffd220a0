/** Who signs: a key in this process, the keys of a keystore, or a service that keeps the key. */
@NullMarked
package dev.klay.client.signer;

import org.jspecify.annotations.NullMarked;
