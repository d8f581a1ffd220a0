package dev.klay.examples.services;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** One of the menu's services, driven by lines of text. */
interface Service extends AutoCloseable {
  String name();

  /** A line for the menu. */
  String about();

  List<Command> commands();

  /**
   * What a visitor would type, line by line.
   *
   * @param scratch a directory for files, emptied afterwards
   */
  List<Supplier<String>> demo(Path scratch);

  @Override
  void close();
}
