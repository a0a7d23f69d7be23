/**
 * A plain Spring Boot application: the same classes run on Tomcat, Jetty or Netty, with Dubbo or without, on either line of
 * Spring Boot, as they are or released with Landfall, depending on nothing but the class path.
 */
@NullMarked
package io.landfall.examples.web;

import org.jspecify.annotations.NullMarked;
