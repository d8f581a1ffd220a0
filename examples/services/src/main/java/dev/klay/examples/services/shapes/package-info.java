/** What services of partners do with a chain, one short program for each shape. */
@NullMarked
package dev.klay.examples.services.shapes;

import org.jspecify.annotations.NullMarked;
