/** Who validates a height and who leads a round. */
@NullMarked
package dev.klay.consensus.validator;

import org.jspecify.annotations.NullMarked;
