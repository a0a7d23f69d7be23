package io.landfall.examples.quickstart;

import io.landfall.examples.quickstart.balancer.Backend;
import io.landfall.examples.quickstart.process.Child;

/** A pod: its process, and its place behind the external address. */
record Pod(String name, Child process, Backend backend) {}
