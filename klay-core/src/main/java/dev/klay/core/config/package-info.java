/** What makes one chain different from another: genesis, fork schedule, governance parameters. */
@NullMarked
package dev.klay.core.config;

import org.jspecify.annotations.NullMarked;
