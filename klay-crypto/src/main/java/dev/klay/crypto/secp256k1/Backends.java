package dev.klay.crypto.secp256k1;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Picks the curve arithmetic once per JVM: native where its jar is present and its library loads,
 * else Bouncy Castle. The system property {@code klay.secp256k1} ({@code native} or {@code java})
 * forces one; a forced native library that does not load is an error, otherwise it falls back.
 */
final class Backends {
  static final String PROPERTY = "klay.secp256k1";
  static final Secp256k1Backend ACTIVE = choose(System.getProperty(PROPERTY, "auto"));

  private Backends() {}

  static Secp256k1Backend choose(String wish) {
    Logger log = LoggerFactory.getLogger(Backends.class);
    Secp256k1Backend backend =
        switch (wish) {
          case "java" -> new BouncyCastleBackend();
          case "native" -> new NativeBackend();
          case "auto" -> nativeOrJava(log);
          default ->
              throw new IllegalArgumentException(
                  PROPERTY + " must be native, java or auto, not " + wish);
        };
    log.debug("secp256k1 by {}", backend.name());
    return backend;
  }

  private static Secp256k1Backend nativeOrJava(Logger log) {
    try {
      return new NativeBackend();
    } catch (NoClassDefFoundError absent) {
      log.debug("the jar of the native secp256k1 is not there, using Bouncy Castle");
    } catch (Exception | LinkageError e) {
      log.warn(
          "the native secp256k1 does not load, using Bouncy Castle, a third as fast: {}",
          e.toString());
    }
    return new BouncyCastleBackend();
  }
}
