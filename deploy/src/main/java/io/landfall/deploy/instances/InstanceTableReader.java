package io.landfall.deploy.instances;

import io.landfall.deploy.Balancer;
import io.landfall.deploy.CatSettings;
import io.landfall.deploy.Container;
import io.landfall.deploy.Instance;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.InstanceTable.OnChange;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Storage;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a table of instances. */
public final class InstanceTableReader {

    private final Complaints complaints;

    private enum Kind {
        CAT,
        STATEFUL
    }

    private InstanceTableReader(Complaints complaints) {
        this.complaints = complaints;
    }

    /**
     * Reads one.
     *
     * @param source where the text comes from, to be named in complaints: {@code instances.yaml}
     * @param text YAML
     * @throws RefusedException naming everything that is wrong, by line, row and column
     */
    public static InstanceTable read(String source, String text) {
        Complaints complaints = new Complaints(source);
        Optional<InstanceTable> table = root(text, complaints)
                .flatMap(node -> Fields.of(node, "key ", complaints))
                .flatMap(new InstanceTableReader(complaints)::table);
        complaints.check();
        return table.orElseThrow();
    }

    /** Nodes only: nothing is made of what a tag names. */
    private static Optional<Node> root(String text, Complaints complaints) {
        try {
            @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                complaints.add(1, "", "there is nothing in it", "write a table");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException wrong) {
            int line =
                    wrong.getProblemMark() == null ? 1 : wrong.getProblemMark().getLine() + 1;
            complaints.add(line, "", "this is no YAML: " + wrong.getProblem(), "mend the line, or the one before");
        } catch (YAMLException wrong) {
            complaints.add(1, "", "this is no YAML: " + wrong.getMessage(), "mend it");
        }
        return Optional.empty();
    }

    private Optional<InstanceTable> table(Fields fields) {
        boolean cat = fields.required("kind")
                .flatMap(value -> value.read(text -> Formats.word(Kind.class, text), "kinds are cat and stateful"))
                .filter(Kind.CAT::equals)
                .isPresent();
        Optional<String> name = fields.required("name")
                .flatMap(value -> value.read(Formats::name, "it begins the names of pods and Services"));
        Optional<String> namespace =
                fields.optional("namespace").flatMap(value -> value.read(Formats::namespace, "name a namespace"));
        Optional<Container> container = new ContainerReading(fields, cat, complaints).read();
        Optional<Storage> storage = PlacementReading.storage(fields, cat);
        Balancer balancer = PlacementReading.balancer(fields);
        OnChange onChange = onChange(fields, cat);
        Optional<CatSettings> settings = cat ? cat(fields) : Optional.empty();
        List<Instance> instances = instances(fields, cat, settings);
        fields.end();
        return name.flatMap(called -> container.flatMap(runs -> storage.map(
                data -> new InstanceTable(called, namespace, runs, data, balancer, onChange, instances, settings))));
    }

    private Optional<CatSettings> cat(Fields fields) {
        if (!fields.has("cat")) {
            fields.missing("cat");
        }
        return fields.mapping("cat").flatMap(CatReading::read);
    }

    private List<Instance> instances(Fields fields, boolean cat, Optional<CatSettings> settings) {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (Node item : fields.items("instances")) {
            number++;
            Row.read(number, item, cat, complaints).ifPresent(rows::add);
        }
        RowRules rules = new RowRules(rows, fields.line("instances"), complaints);
        rules.check();
        if (cat && !rows.isEmpty()) {
            // Where the settings themselves are wrong, that is said there.
            rules.checkCat(settings.isEmpty() || settings.get().hdfs().isPresent());
        }
        return rows.stream()
                .flatMap(row -> row.instance().stream())
                .sorted(Comparator.comparingInt(Instance::ordinal))
                .toList();
    }

    private OnChange onChange(Fields fields, boolean cat) {
        Optional<Value> named = fields.optional("on-change");
        if (cat && named.isPresent()) {
            named.get().refuse("CAT reads client.xml when it starts", "leave it out for kind: cat");
            return OnChange.RESTART;
        }
        return named.flatMap(value -> value.read(
                        text -> Formats.word(OnChange.class, text), "it is " + Formats.words(OnChange.class)))
                .orElse(OnChange.RESTART);
    }
}
