package io.landfall.deploy.names;

import java.util.ArrayList;
import java.util.List;

/** {@code name}, or {@code example.com/name}. */
final class QualifiedForm implements NameForm {

    private static final Form NAME = Form.of("A-Za-z0-9._-", 63, Form.Trait.ROUND_ENDS);
    private static final Form PREFIX = Form.of("a-z0-9.-", 253, Form.Trait.LOWER_CASE, Form.Trait.ROUND_PARTS);

    @Override
    public List<String> problems(String key) {
        int slash = key.lastIndexOf('/');
        List<String> problems = new ArrayList<>();
        if (slash >= 0) {
            PREFIX.problems(key.substring(0, slash)).forEach(problem -> problems.add("before the / " + problem));
        }
        NAME.problems(key.substring(slash + 1))
                .forEach(problem -> problems.add(slash < 0 ? problem : "after the / " + problem));
        return problems;
    }

    @Override
    public String corrected(String key, int reserved) {
        int slash = key.lastIndexOf('/');
        String name = NAME.corrected(key.substring(slash + 1), reserved);
        return slash <= 0 ? name : PREFIX.corrected(key.substring(0, slash), 0) + "/" + name;
    }
}
