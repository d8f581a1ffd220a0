package dev.klay.client.junit;

import dev.klay.client.abi.Abi;
import dev.klay.client.contract.Contract;
import dev.klay.crypto.primitive.Address;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** ABIs of contracts by their addresses: those that fixtures returned, or hold in a field. */
record KnownContracts(Map<Address, Abi> byAddress) {
  static KnownContracts of(Collection<Object> fixtures) {
    Map<Address, Abi> known = new TreeMap<>();
    for (Object fixture : fixtures) {
      add(fixture, known);
      for (Field field : fixture.getClass().getDeclaredFields()) {
        if (field.getType() == Contract.class && !Modifier.isStatic(field.getModifiers())) {
          read(field, fixture).ifPresent(value -> add(value, known));
        }
      }
    }
    return new KnownContracts(known);
  }

  private static void add(Object value, Map<Address, Abi> known) {
    if (value instanceof Contract contract) {
      known.put(contract.address(), contract.abi());
    }
  }

  private static Optional<Object> read(Field field, Object owner) {
    try {
      field.setAccessible(true);
      @Nullable Object value = field.get(owner);
      return Optional.ofNullable(value);
    } catch (IllegalAccessException | InaccessibleObjectException closedModule) {
      return Optional.empty(); // then its calls are shown in hexadecimal
    }
  }

  Optional<Abi> at(Address address) {
    return Optional.ofNullable(byAddress.get(address));
  }
}
