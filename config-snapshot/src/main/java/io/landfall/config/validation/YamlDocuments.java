package io.landfall.config.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The documents of well-formed YAML as maps, lists and values; dates are texts, as Spring has them. */
final class YamlDocuments {

    private YamlDocuments() {}

    static List<Object> of(String text) {
        LoaderOptions limits = YamlReader.limits();
        DumperOptions none = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(limits), new Representer(none), none, limits, new WithoutDates());
        List<Object> documents = new ArrayList<>();
        yaml.loadAll(text).forEach(documents::add);
        return documents;
    }

    private static final class WithoutDates extends Resolver {

        @Override
        public void addImplicitResolver(Tag tag, Pattern regexp, @Nullable String first, int limit) {
            if (!Tag.TIMESTAMP.equals(tag)) {
                super.addImplicitResolver(tag, regexp, first, limit);
            }
        }
    }
}
