package dev.klay.client.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method of a {@link KlayTest} that prepares the chain: its network runs it once, before
 * the first test, and every test starts behind it. What it returns can be a parameter of tests and
 * of other fixtures. It may have the same parameters as tests; it runs again for each network if
 * tests run in parallel, so it must not keep state of its own.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fixture {}
