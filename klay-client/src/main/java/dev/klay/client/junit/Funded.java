package dev.klay.client.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An account with this much KLAY and a key of its own; the same address in every run. */
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Funded {
  /** KLAY as a decimal number, to the peb. */
  String value() default "10000";
}
