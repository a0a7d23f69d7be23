package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.landfall.deploy.Violation;
import io.landfall.deploy.cluster.ApiServer.Applied;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the API server what an object will look like. Whatever it objects to is a violation. */
final class DryRun {

    private static final Pattern MANAGER = Pattern.compile("conflict with \"([^\"]+)\".*");
    private static final String CONFLICT = "FieldManagerConflict";

    private final ApiServer api;
    private final boolean takeOver;
    private final List<Violation> violations;

    /**
     * Asks nothing yet.
     *
     * @param takeOver whether fields may be taken from other managers
     * @param violations where they are added
     */
    DryRun(ApiServer api, boolean takeOver, List<Violation> violations) {
        this.api = api;
        this.takeOver = takeOver;
        this.violations = violations;
    }

    /** The object as it will be; empty: it is not taken. */
    Optional<JsonNode> of(Place place, JsonNode object) {
        Answer answer = api.dryRun(place, object, Applied.UNFORCED);
        if (answer.conflict()) {
            if (!takeOver) {
                conflicts(place, answer);
            }
            answer = api.dryRun(place, object, Applied.FORCED);
        }
        if (answer.invalid()) {
            invalid(place, answer);
            return Optional.empty();
        }
        return Optional.of(ApiServer.taken(answer, "a dry run of " + place));
    }

    /**
     * The same for a workload that may be there.
     *
     * @param live as it is
     */
    Optional<JsonNode> of(Place place, JsonNode object, Optional<JsonNode> live) {
        Optional<Ownership> ownership = live.map(Ownership::new).filter(owned -> owned.leaves(object));
        if (ownership.isEmpty()) {
            return of(place, object);
        }
        if (!takeOver) {
            ownership
                    .get()
                    .foreign()
                    .forEach(other -> violations.add(new Violation(
                            place.toString(),
                            "'" + other.manager() + "' has fields of it: " + String.join(", ", other.fields()),
                            "take them into the manifest, or take them over: they are lost then")));
        }
        Answer answer = api.dryRunOfMerge(place, ExactChange.of(live.get(), object));
        if (answer.invalid()) {
            invalid(place, answer);
            return Optional.empty();
        }
        return Optional.of(ApiServer.taken(answer, "a dry run of " + place));
    }

    /** What an earlier write of our own has, in another way, is ours. */
    private void conflicts(Place place, Answer answer) {
        for (JsonNode cause : answer.body().path("details").path("causes")) {
            String manager = manager(cause);
            if (cause.path("reason").asText().equals(CONFLICT) && !manager.equals(ApiServer.FIELD_MANAGER)) {
                violations.add(new Violation(
                        place.toString(),
                        "the field " + cause.path("field").asText().replaceFirst("^\\.", "") + " belongs to '" + manager
                                + "', and has another value",
                        "give it the same value, take it out of what '" + manager + "' applies, or take it over"));
            }
        }
    }

    private static String manager(JsonNode cause) {
        Matcher matcher = MANAGER.matcher(cause.path("message").asText());
        return matcher.matches() ? matcher.group(1) : cause.path("message").asText();
    }

    private void invalid(Place place, Answer answer) {
        JsonNode causes = answer.body().path("details").path("causes");
        if (causes.isEmpty()) {
            violations.add(new Violation(place.toString(), answer.message(), "mend the manifest"));
        }
        causes.forEach(cause -> violations.add(new Violation(
                place.toString(),
                cause.path("field").asText() + ": " + cause.path("message").asText(),
                "mend the manifest")));
    }
}
