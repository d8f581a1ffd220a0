/** Inside of a node: the driver around the pure machine, and what follows its effects. */
@NullMarked
package dev.klay.consensus.node;

import org.jspecify.annotations.NullMarked;
