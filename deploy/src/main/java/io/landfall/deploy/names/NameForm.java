package io.landfall.deploy.names;

import java.util.List;

/** What a name has to look like. */
interface NameForm {

    /** What is wrong, each as the rest of a sentence: {@code has '_'}. */
    List<String> problems(String name);

    /**
     * A name that is right.
     *
     * @param reserved how many characters others need
     */
    String corrected(String name, int reserved);
}
