/** How nodes reach each other. */
@NullMarked
package dev.klay.consensus.transport;

import org.jspecify.annotations.NullMarked;
