/** What klay-core reads, as targets of {@link dev.klay.crypto.fuzz.FuzzCheck}. */
@NullMarked
package dev.klay.core.fuzz;

import org.jspecify.annotations.NullMarked;
