package dev.klay.consensus.processes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tests that take minutes, and run with {@code -Dklay.processes=full} only. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("processes")
@EnabledIfSystemProperty(named = "klay.processes", matches = "full")
@Timeout(1800)
@interface FullSet {}
