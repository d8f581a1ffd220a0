/** What klay-consensus reads from peers, clients and its own files, in a plain build. */
@NullMarked
package dev.klay.consensus.fuzz;

import org.jspecify.annotations.NullMarked;
