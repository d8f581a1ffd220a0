/**
 * Tests on chains of their own: {@link dev.klay.client.junit.KlayTest} starts a network for a test
 * class, makes what its {@link dev.klay.client.junit.Fixture}s make once, and gives every test a
 * fork of that. Needs JUnit 5.12 or later and klay-consensus on the class path.
 */
@NullMarked
package dev.klay.client.junit;

import org.jspecify.annotations.NullMarked;
