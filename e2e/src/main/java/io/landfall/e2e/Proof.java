package io.landfall.e2e;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an end-to-end test shows, for people who do not read Java; README.md lists it. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Proof {

    /** A few words. */
    String title();

    /** One sentence: what is done, and what must come of it. */
    String description();
}
