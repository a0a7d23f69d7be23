package io.landfall.e2e.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.examples.load.LoadReport;
import io.landfall.examples.load.Progress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the load driver writes. */
final class LoadJson {

    /** A drain's report is indented too, but with words. */
    private static final Pattern OF_REPORT = Pattern.compile("\\{|}| +[\"}\\]].*");

    private static final ObjectMapper JSON = new ObjectMapper();

    private LoadJson() {}

    /** Empty if the line is something else. */
    static Optional<Progress> progress(String line) {
        if (!line.startsWith("{\"second\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(line, Progress.class));
        } catch (JsonProcessingException onlyHalfWritten) {
            return Optional.empty();
        }
    }

    static LoadReport report(String json) {
        try {
            return JSON.readValue(json, LoadReport.class);
        } catch (JsonProcessingException strange) {
            throw new IllegalStateException("this is no report of a load: " + json, strange);
        }
    }

    /** The report within the output of a container, where it stands between other lines, indented. */
    static Optional<LoadReport> reportAmong(List<String> lines) {
        int begin = lines.lastIndexOf("{");
        int end = lines.lastIndexOf("}");
        return begin < 0 || end < begin
                ? Optional.empty()
                : Optional.of(report(lines.subList(begin, end + 1).stream()
                        .filter(line -> OF_REPORT.matcher(line).matches())
                        .collect(Collectors.joining("\n"))));
    }
}
