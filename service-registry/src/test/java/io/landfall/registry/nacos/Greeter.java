package io.landfall.registry.nacos;

/** A service of Dubbo whose answers say which pod they come from. */
public interface Greeter {
    String greet(String name);
}
