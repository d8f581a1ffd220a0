package dev.klay.client.junit;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.client.KlayClient;
import dev.klay.consensus.Cheats;
import dev.klay.consensus.DevClock;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.service.ChainService;
import dev.klay.crypto.primitive.Amount;
import java.lang.reflect.Parameter;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A parameter to be filled in.
 *
 * @param balance of an account
 */
record Wanted(Class<?> type, Amount balance) {
  private static final Set<Class<?>> KNOWN =
      Set.of(
          KlayChain.class,
          KlayNetwork.class,
          KlayClient.class,
          Cheats.class,
          DevClock.class,
          ChainService.class,
          Account.class);

  static Wanted of(Parameter parameter) {
    Optional<Funded> funded = AnnotationSupport.findAnnotation(parameter, Funded.class);
    return new Wanted(
        parameter.getType(), funded.map(f -> Amount.klay(f.value())).orElse(Amount.ZERO));
  }

  /** Whether every network has one. */
  boolean isOfEveryStage() {
    return KNOWN.contains(type);
  }
}
