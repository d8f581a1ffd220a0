/**
 * The doors of this module: {@link dev.klay.consensus.KlayNode}, one node that a program embeds,
 * and {@link dev.klay.consensus.KlayNetwork}, a network of several in one JVM.
 */
@NullMarked
package dev.klay.consensus;

import org.jspecify.annotations.NullMarked;
