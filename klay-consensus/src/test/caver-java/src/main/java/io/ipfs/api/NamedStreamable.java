package io.ipfs.api;

/**
 * Stands in for the IPFS library, which is not on Maven Central: caver-java's door does not load
 * without a class of this name. Nothing here uploads files.
 */
public interface NamedStreamable {}
