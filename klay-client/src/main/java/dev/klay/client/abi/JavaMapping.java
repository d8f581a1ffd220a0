package dev.klay.client.abi;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.List;

/**
 * Gives decoded values the types that a Java program asked for: {@code int}, {@code long}, {@link
 * UInt256} or {@link Amount} for integers, {@link Hash} for 32 bytes, a record for a struct (its
 * components in order), and lists of these.
 */
public final class JavaMapping {
  private JavaMapping() {}

  /**
   * A decoded value as a Java type.
   *
   * @throws DecodingException if the value does not fit
   * @throws IllegalArgumentException if the type cannot hold such values at all
   */
  public static Object to(Type type, Object value) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Type element = list.getActualTypeArguments()[0];
      return ((List<?>) cast(List.class, value)).stream().map(v -> to(element, v)).toList();
    }
    if (!(type instanceof Class<?> wanted)) {
      throw new IllegalArgumentException("no ABI value can be a " + type.getTypeName());
    }
    if (value instanceof BigInteger number) {
      return number(wanted, number);
    }
    if (value instanceof Bytes bytes && wanted == Hash.class) {
      return Hash.of(bytes.toArray());
    }
    if (value instanceof AbiTuple tuple && wanted.isRecord() && wanted != AbiTuple.class) {
      return struct(wanted, tuple);
    }
    return cast(wanted == boolean.class ? Boolean.class : wanted, value);
  }

  private static Object number(Class<?> wanted, BigInteger number) {
    try {
      if (wanted == int.class || wanted == Integer.class) {
        return number.intValueExact();
      }
      if (wanted == long.class || wanted == Long.class) {
        return number.longValueExact();
      }
      if (wanted == UInt256.class) {
        return UInt256.of(number);
      }
    } catch (ArithmeticException e) {
      throw new DecodingException(number + " does not fit into a " + wanted.getSimpleName(), e);
    }
    return wanted == Amount.class ? Amount.peb(number) : cast(wanted, number);
  }

  private static Object struct(Class<?> wanted, AbiTuple tuple) {
    RecordComponent[] components = wanted.getRecordComponents();
    if (components.length != tuple.size()) {
      throw new IllegalArgumentException(
          wanted.getSimpleName() + " has " + components.length + " components for " + tuple);
    }
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = to(components[i].getGenericType(), tuple.get(i));
    }
    try {
      Constructor<?> canonical = wanted.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new DecodingException(wanted.getSimpleName() + " refuses " + tuple, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot make a " + wanted.getName(), e);
    }
  }

  private static Object cast(Class<?> wanted, Object value) {
    if (!wanted.isInstance(value)) {
      throw new IllegalArgumentException(
          "a " + value.getClass().getSimpleName() + " is no " + wanted.getSimpleName());
    }
    return value;
  }
}
