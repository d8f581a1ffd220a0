package dev.klay.client.junit;

import dev.klay.core.config.ChainSpec;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a network in this JVM. Each test starts from the same chain, whatever
 * others did: it is forked, or gone back to, in microseconds.
 *
 * <p>Tests may run in parallel, classes and methods alike. A network is lent to one test at a time,
 * so tests need no lock and see nothing of each other; there are as many networks to a class as its
 * tests run at once, and its fixtures are made on each of them. Only what Java shares (static
 * fields, the instance of {@code PER_CLASS}) is for the tests to guard.
 *
 * <pre>{@code
 * @KlayTest(consensusNodes = 4)
 * class PaymentTest {
 *   @Fixture static Shop shop(@Funded Account owner) { return Shop.deploy(owner); }
 *
 *   @Test void feeIsFixed(Shop shop, @Funded("1000") Account buyer, KlayNetwork net) {
 *     Receipt r = shop.buy(buyer, 7);
 *     assertTrue(r.finality().isFinal());
 *     net.clock().advance(Duration.ofDays(30));
 *     assertReverts(() -> shop.refund(buyer, 7));
 *   }
 * }
 * }</pre>
 *
 * <p>Test methods and those before and after each may have parameters of the types {@code
 * KlayChain}, {@code KlayNetwork}, {@code KlayClient}, {@code Cheats}, {@code DevClock}, {@code
 * ChainService}, {@code Account} (with {@link Funded}, or empty without) and of all that fixtures
 * return.
 *
 * <p>A test that fails shows the calls within the transactions that failed. Once no class is at
 * work any more, threads of nodes and clients that are still there make the last one fail, and
 * without parallel execution listening ports and open files, too. What was closed has ten seconds
 * to end, or as many milliseconds as JUnit's configuration parameter {@code
 * klay.leakcheck.patience.millis} says.
 */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(KlayExtension.class)
public @interface KlayTest {
  /** How many validators; those of {@link #spec} where that names one, unless this is not 1. */
  int consensusNodes() default 1;

  /** How many rangers; with any, reads go to the first of them. */
  int rangers() default 0;

  /** Milliseconds from one block to the next, a multiple of 10; 0 makes one when there is work. */
  long blockMillis() default 0;

  /** For what there is one network. */
  NetworkPer network() default NetworkPer.CLASS;

  /** Where the rules come from: a class with a constructor without parameters. */
  Class<? extends Supplier<ChainSpec>> spec() default DevelopmentSpec.class;

  /** Whether what is left open after the tests makes them fail. */
  boolean leakCheck() default true;
}
