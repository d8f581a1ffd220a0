package dev.klay.client.abi;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of what Java programs give for arrays and structs. */
final class JavaValues {
  private JavaValues() {}

  static List<?> elements(AbiType type, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    if (value.getClass().isArray()) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(Array.get(value, i));
      }
      return elements;
    }
    throw AbiEncoder.wrong(type, value);
  }

  static List<?> components(AbiType.Tuple type, Object value) {
    if (value instanceof AbiTuple tuple) {
      return tuple.values();
    }
    if (value instanceof Record struct) {
      return ofRecord(struct);
    }
    if (value instanceof Map<?, ?> map) {
      return ofMap(type, map);
    }
    return elements(type, value);
  }

  private static List<Object> ofRecord(Record struct) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : struct.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        values.add(component.getAccessor().invoke(struct));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalArgumentException(
            "cannot read " + component.getName() + " of " + struct.getClass(), e);
      }
    }
    return values;
  }

  private static List<Object> ofMap(AbiType.Tuple type, Map<?, ?> map) {
    List<Object> values = new ArrayList<>();
    for (AbiParameter component : type.components()) {
      @Nullable Object value = map.get(component.name());
      if (value == null) {
        throw new IllegalArgumentException("there is no " + component.name() + " in the map");
      }
      values.add(value);
    }
    if (map.size() != values.size()) {
      throw new IllegalArgumentException(
          type.canonical() + " has " + values.size() + " components, the map " + map.size());
    }
    return values;
  }
}
