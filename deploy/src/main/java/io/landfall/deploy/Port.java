package io.landfall.deploy;

/**
 * A TCP port, the same in the container and outside.
 *
 * @param name unlike those of the others
 * @param number from 1 to 65535
 */
public record Port(String name, int number) {}
