/** What klay-client reads, in a plain build. */
@NullMarked
package dev.klay.client.fuzz;

import org.jspecify.annotations.NullMarked;
