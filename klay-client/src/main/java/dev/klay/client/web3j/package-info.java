/**
 * web3j on a node of this process: wrappers that were generated for it run without HTTP. Needs
 * {@code org.web3j:core} and klay-consensus on the class path.
 */
@NullMarked
package dev.klay.client.web3j;

import org.jspecify.annotations.NullMarked;
