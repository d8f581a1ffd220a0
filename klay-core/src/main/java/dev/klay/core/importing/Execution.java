package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.execution.BlockOutcome;

/** A block with what its execution on its parent gave; both agree. */
record Execution(Block block, BlockOutcome outcome) {}
