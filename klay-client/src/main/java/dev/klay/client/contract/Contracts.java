package dev.klay.client.contract;

import dev.klay.client.Account;
import dev.klay.client.KlayClient;
import dev.klay.client.abi.Abi;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;

/** Gives contracts the face of a Java interface that carries {@link ContractAbi}. */
public final class Contracts {
  private Contracts() {}

  /**
   * The ABI of an annotated interface.
   *
   * @throws IllegalArgumentException if it is not annotated
   */
  public static Abi abiOf(Class<?> type) {
    ContractAbi annotation = type.getAnnotation(ContractAbi.class);
    if (annotation == null) {
      throw new IllegalArgumentException(type.getName() + " has no @ContractAbi");
    }
    return annotation.resource().isEmpty()
        ? Abi.of(annotation.value())
        : Abi.parseJson(ContractCode.text(type, annotation.resource()));
  }

  /** A contract that is there already. */
  public static <T> T bind(Class<T> type, KlayClient client, Address address) {
    return Contract.at(client, address, abiOf(type)).as(type);
  }

  /** A contract that is there already, called and sent to by this account. */
  public static <T> T bind(Class<T> type, Account sender, Address address) {
    return Contract.at(sender, address, abiOf(type)).as(type);
  }

  /** Creates a contract from its init code, and waits until it is final. */
  public static <T> T deploy(Class<T> type, Account sender, Bytes initCode, Object... arguments) {
    return Contract.deploy(sender, new ContractCode(abiOf(type), initCode), arguments).as(type);
  }
}
