package dev.klay.client.contract;

import dev.klay.client.KlayClient;
import dev.klay.client.abi.AbiEvent;
import dev.klay.client.abi.AbiParameter;
import dev.klay.core.service.Await;
import dev.klay.core.service.LogFilter;
import dev.klay.core.service.LogQueryTooWideException;
import dev.klay.crypto.primitive.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Flow;

/**
 * Which events are wanted: of one contract or of all, of these kinds, with these indexed arguments,
 * from a place on. Immutable.
 *
 * <pre>{@code
 * List<ContractEvent> mine = token.events("Transfer").where("to", me).list();
 * token.events("Transfer").after(lastSeen).stream().subscribe(subscriber);
 * }</pre>
 */
public final class EventQuery {
  private final KlayClient client;
  private final Optional<Address> contract;
  private final List<AbiEvent> events;
  private final Map<String, Object> arguments;
  private final EventCursor after;

  private EventQuery(
      KlayClient client,
      Optional<Address> contract,
      List<AbiEvent> events,
      Map<String, Object> arguments,
      EventCursor after) {
    this.client = client;
    this.contract = contract;
    this.events = List.copyOf(events);
    this.arguments = arguments;
    this.after = after;
  }

  static EventQuery of(KlayClient client, Address contract, List<AbiEvent> events) {
    return new EventQuery(client, Optional.of(contract), events, Map.of(), EventCursor.startOf(0));
  }

  /** Events of any contract. */
  public static EventQuery ofAll(KlayClient client, AbiEvent... events) {
    return new EventQuery(
        client, Optional.empty(), List.of(events), Map.of(), EventCursor.startOf(0));
  }

  /**
   * Only those whose indexed argument has this value.
   *
   * @throws IllegalArgumentException if an event has no such indexed argument, or it takes no such
   *     value
   */
  public EventQuery where(String argument, Object value) {
    Map<String, Object> more = new TreeMap<>(arguments);
    more.put(argument, value);
    EventQuery narrower = new EventQuery(client, contract, events, more, after);
    events.forEach(narrower::pattern); // refused here rather than at the first block
    return narrower;
  }

  /** Only those behind a place, such as the last one seen. */
  public EventQuery after(EventCursor cursor) {
    return new EventQuery(client, contract, events, arguments, cursor);
  }

  /** Only those of this block and later ones. */
  public EventQuery fromBlock(long block) {
    return after(EventCursor.startOf(block));
  }

  /** All there are up to the last block. */
  public List<ContractEvent> list() {
    List<ContractEvent> found = new ArrayList<>();
    EventSearch search = search();
    long head = client.height();
    long width = LogFilter.BLOCKS_MAX;
    long next = after.block();
    while (next <= head) {
      long last = Math.min(head, next + width - 1);
      try {
        found.addAll(Await.of(search.in(next, last)));
        next = last + 1;
        width = Math.min(LogFilter.BLOCKS_MAX, 2 * width);
      } catch (LogQueryTooWideException e) {
        if (width == 1) {
          throw e;
        }
        width /= 2;
      }
    }
    return found;
  }

  /**
   * All there are and will be, in the order of the chain, none lost and none twice, at the
   * subscriber's pace. Subscribe again with {@link #after} the last one to resume.
   */
  public Flow.Publisher<ContractEvent> stream() {
    return new EventStream(client, search(), after);
  }

  private EventSearch search() {
    return new EventSearch(
        client.service(), contract, events.stream().map(this::pattern).toList(), after);
  }

  private EventPattern pattern(AbiEvent event) {
    List<Optional<Object>> indexed = new ArrayList<>();
    int known = 0;
    for (AbiParameter input : event.inputs()) {
      if (input.indexed()) {
        Optional<Object> value = Optional.ofNullable(arguments.get(input.name()));
        known += value.isPresent() ? 1 : 0;
        indexed.add(value);
      }
    }
    if (known != arguments.size()) {
      throw new IllegalArgumentException(
          "not all of " + arguments.keySet() + " are indexed arguments of " + event.inputs());
    }
    return new EventPattern(event, event.topics(indexed));
  }
}
