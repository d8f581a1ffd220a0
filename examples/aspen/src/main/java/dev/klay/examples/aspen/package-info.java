/** The Aspen test network of 2018 in one process. */
@NullMarked
package dev.klay.examples.aspen;

import org.jspecify.annotations.NullMarked;
