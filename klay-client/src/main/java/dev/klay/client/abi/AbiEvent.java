package dev.klay.client.abi;

import dev.klay.core.block.Log;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An event of a contract. Its indexed arguments are topics: values of one word stand there as they
 * are, of longer ones only Keccak-256 is left and decoding gives that {@link Hash}.
 *
 * @param anonymous whether the signature's hash is not its first topic
 */
public record AbiEvent(String name, List<AbiParameter> inputs, boolean anonymous) {
  private static final int TOPICS_MAX = 4;

  public AbiEvent {
    inputs = List.copyOf(inputs);
    long topics = inputs.stream().filter(AbiParameter::indexed).count() + (anonymous ? 0 : 1);
    if (topics > TOPICS_MAX) {
      throw new IllegalArgumentException(name + " has more than " + TOPICS_MAX + " topics");
    }
  }

  /**
   * Reads {@code Transfer(address indexed from, address indexed to, uint256 value)}, with or
   * without {@code event} in front.
   *
   * @throws IllegalArgumentException if it is no event
   */
  public static AbiEvent parse(String declaration) {
    return DeclarationText.event(declaration);
  }

  /** Such as {@code Transfer(address,address,uint256)}. */
  public String signature() {
    return name + AbiType.canonical(inputs);
  }

  /** Keccak-256 of the signature: the first topic, unless the event is anonymous. */
  public Hash topic() {
    return Selector.hash(signature());
  }

  /** Whether a log can be one of this event: by its first topic and the number of them. */
  public boolean matches(Log log) {
    int topics = indexed().size() + (anonymous ? 0 : 1);
    return log.topics().size() == topics && (anonymous || log.topics().get(0).equals(topic()));
  }

  /**
   * The arguments in a log, in the order of the declaration.
   *
   * @throws DecodingException if it is another event or not canonical
   */
  public AbiTuple decode(Log log) {
    if (!matches(log)) {
      throw new DecodingException("the log is no " + signature() + ": " + log.topics());
    }
    List<AbiParameter> plain = inputs.stream().filter(p -> !p.indexed()).toList();
    List<Object> data = AbiDecoder.parameters(plain, log.data());
    List<Object> values = new ArrayList<>();
    int topic = anonymous ? 0 : 1;
    int next = 0;
    for (AbiParameter input : inputs) {
      if (input.indexed()) {
        values.add(decodeTopic(input, log.topics().get(topic)));
        topic++;
      } else {
        values.add(data.get(next));
        next++;
      }
    }
    return AbiTuple.of(inputs, values);
  }

  private static Object decodeTopic(AbiParameter input, Hash topic) {
    return isWord(input.type())
        ? AbiDecoder.parameters(List.of(input), topic.toBytes()).get(0)
        : topic;
  }

  private static boolean isWord(AbiType type) {
    return !type.isDynamic()
        && !(type instanceof AbiType.Tuple)
        && !(type instanceof AbiType.FixedArray);
  }

  /**
   * The topics of this event with these indexed arguments, for a filter; by position, empty where
   * any will do.
   *
   * @param arguments the first indexed ones in order; empty for any; fewer than there are will do
   * @throws IllegalArgumentException if there are too many or one does not fit
   */
  public List<Optional<Hash>> topics(List<Optional<Object>> arguments) {
    List<AbiParameter> indexed = indexed();
    if (arguments.size() > indexed.size()) {
      throw new IllegalArgumentException(
          signature() + " has " + indexed.size() + " indexed arguments, not " + arguments.size());
    }
    List<Optional<Hash>> topics = new ArrayList<>();
    if (!anonymous) {
      topics.add(Optional.of(topic()));
    }
    for (int i = 0; i < arguments.size(); i++) {
      AbiParameter parameter = indexed.get(i);
      topics.add(arguments.get(i).map(value -> encodeTopic(parameter.type(), value)));
    }
    return topics;
  }

  private static Hash encodeTopic(AbiType type, Object value) {
    return isWord(type)
        ? Hash.wrap(AbiEncoder.value(type, value))
        : Keccak256.hash(TopicContent.of(type, value));
  }

  private List<AbiParameter> indexed() {
    return inputs.stream().filter(AbiParameter::indexed).toList();
  }

  /** The data of a log: the arguments that are not indexed. */
  public Bytes encodeData(Object... plainArguments) {
    List<AbiParameter> plain = inputs.stream().filter(p -> !p.indexed()).toList();
    return Bytes.wrap(AbiEncoder.parameters(plain, List.of(plainArguments)));
  }

  @Override
  public String toString() {
    return signature();
  }
}
