package dev.klay.client.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what the contract behind a Java interface understands, so that {@link Contracts#bind} needs
 * nothing else. A method stands for the function of its name and number of arguments.
 *
 * <pre>{@code
 * @ContractAbi({
 *   "function priceOf(uint256 id) view returns (uint256)",
 *   "function buy(uint256 id) payable",
 *   "error SoldOut(uint256 id)"
 * })
 * interface Shop {
 *   Amount priceOf(long id);                                 // a call
 *   Receipt buy(Account buyer, @Sent Amount price, long id); // a transaction
 * }
 * }</pre>
 *
 * <p>A first argument of type {@code Account} says who calls or sends. A method that returns {@code
 * Receipt}, {@code CompletableFuture<Receipt>} or nothing sends a transaction; any other calls.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ContractAbi {
  /** Declarations as Solidity writes them. */
  String[] value() default {};

  /** A JSON file with the ABI beside the interface on the class path; instead of declarations. */
  String resource() default "";
}
