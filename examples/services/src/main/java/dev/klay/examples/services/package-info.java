/** Three services on one chain, as the Aspen network's menu showed them: BLASQ, Scope, Wallet. */
@NullMarked
package dev.klay.examples.services;

import org.jspecify.annotations.NullMarked;
