/**
 * Makes, validates and imports blocks: one writer appends to the chain, readers hold an immutable
 * head and never wait.
 */
@NullMarked
package dev.klay.core.importing;

import org.jspecify.annotations.NullMarked;
