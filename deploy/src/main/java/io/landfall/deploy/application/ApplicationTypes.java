package io.landfall.deploy.application;

import java.util.List;
import java.util.Optional;

/** The types that are known, for whoever reads an application. */
public interface ApplicationTypes {

    /** All their names. */
    List<String> names();

    /** The type of a name. */
    Optional<ApplicationType> find(String name);
}
