/** The first program. */
@NullMarked
package dev.klay.examples.quickstart;

import org.jspecify.annotations.NullMarked;
