/**
 * Bytes from outside, as many and as bad as there are: targets that Jazzer and jqwik share. Each
 * module has an enum of its own targets; {@link dev.klay.crypto.fuzz.FuzzCheck} holds every one of
 * them to the same promises.
 */
@NullMarked
package dev.klay.crypto.fuzz;

import org.jspecify.annotations.NullMarked;
