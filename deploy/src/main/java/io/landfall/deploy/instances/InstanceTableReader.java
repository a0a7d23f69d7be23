package io.landfall.deploy.instances;

import io.landfall.deploy.Balancer;
import io.landfall.deploy.CatSettings;
import io.landfall.deploy.Container;
import io.landfall.deploy.Instance;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.InstanceTable.OnChange;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Storage;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import io.landfall.deploy.yaml.YamlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
        Optional<InstanceTable> table = YamlText.root(text, "a table", complaints)
                .flatMap(node -> Fields.of(node, "key ", complaints))
                .flatMap(new InstanceTableReader(complaints)::table);
        complaints.check();
        return table.orElseThrow();
    }

    private Optional<InstanceTable> table(Fields fields) {
        boolean cat = fields.required("kind")
                .flatMap(value -> value.read(text -> Formats.word(Kind.class, text), "kinds are cat and stateful"))
                .filter(Kind.CAT::equals)
                .isPresent();
        Optional<String> name = fields.required("name")
                .flatMap(value -> value.name(NameRule.SERVICE).flatMap(service -> value.name(NameRule.STATEFUL_SET)));
        Optional<String> namespace = fields.optional("namespace").flatMap(value -> value.name(NameRule.NAMESPACE));
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
