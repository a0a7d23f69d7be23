package io.landfall.deploy.yaml;

import io.landfall.deploy.names.NameRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The keys of one mapping. Each is asked for by name; those that nobody asked for are unknown. Not for several threads. */
public final class Fields {

    private final int line;
    private final String place;
    private final Complaints complaints;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    private record Entry(int line, Node value) {}

    private Fields(int line, String place, Complaints complaints) {
        this.line = line;
        this.place = place;
        this.complaints = complaints;
    }

    /**
     * The keys of a node.
     *
     * @param node of what should be a mapping
     * @param place what comes before a key's name: {@code key }, {@code row 3, column }
     * @param complaints who hears what is wrong
     */
    public static Optional<Fields> of(Node node, String place, Complaints complaints) {
        int line = lineOf(node);
        if (!(node instanceof MappingNode mapping)) {
            complaints.add(line, place.strip(), "there are no keys with values", "write key: value");
            return Optional.empty();
        }
        Fields fields = new Fields(line, place, complaints);
        mapping.getValue().forEach(fields::add);
        return Optional.of(fields);
    }

    /** The line of a node, from 1. */
    public static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** Where the mapping begins. */
    public int line() {
        return line;
    }

    /** Where a key stands; where the mapping begins, if it is missing. */
    public int line(String key) {
        Entry entry = entries.get(key);
        return entry == null ? line : entry.line();
    }

    /** {@code key image}. */
    public String where(String key) {
        return place + key;
    }

    /** Whether the key is there. Who asks knows it. */
    public boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** A value that must be there. */
    public Optional<Value> required(String key) {
        Optional<Value> value = optional(key);
        if (!entries.containsKey(key)) {
            missing(key);
        }
        return value;
    }

    /** A value that may be missing. */
    public Optional<Value> optional(String key) {
        return node(key).flatMap(node -> scalar(node, where(key)));
    }

    /** A mapping that may be missing. */
    public Optional<Fields> mapping(String key) {
        return node(key).flatMap(node -> Fields.of(node, place + key + ".", complaints));
    }

    /** A value that is no mapping may be there, and a mapping may: the node itself. */
    public Optional<Node> any(String key) {
        return node(key);
    }

    /** Whether a key has one word, and no mapping. */
    public boolean isWord(String key) {
        return node(key).filter(ScalarNode.class::isInstance).isPresent();
    }

    /** The items of a list, empty if there is none. */
    public List<Node> items(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof SequenceNode sequence)) {
            complaints.add(lineOf(node.get()), where(key), "is no list", "write [one, two], or a line with - for each");
            return List.of();
        }
        return sequence.getValue();
    }

    /** The words of a list. */
    public List<Value> words(String key) {
        List<Value> words = new ArrayList<>();
        items(key).forEach(node -> scalar(node, where(key)).ifPresent(words::add));
        return words;
    }

    /** All keys, for a mapping whose keys are the user's own. */
    public List<String> keys() {
        known.addAll(entries.keySet());
        return List.copyOf(entries.keySet());
    }

    /** All keys with their values, for a mapping whose keys are the user's own. */
    public Map<String, Value> all() {
        Map<String, Value> all = new LinkedHashMap<>();
        List.copyOf(entries.keySet()).forEach(key -> optional(key).ifPresent(value -> all.put(key, value)));
        return all;
    }

    /** Complains of a key, for a reason of one's own. */
    public void refuse(String key, String problem, String remedy) {
        complaints.add(line(key), where(key), problem, remedy);
    }

    /** Complains of a key that is a name which Kubernetes would refuse. */
    public void name(String key, NameRule rule) {
        rule.check(key).ifPresent(wrong -> refuse(key, wrong.problem(), "write " + wrong.suggestion()));
    }

    /** Complains that a key is not there. */
    public void missing(String key) {
        complaints.add(line, where(key), "is missing", "add it");
    }

    /** Nobody will ask for more. */
    public void end() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                String all = "known are " + String.join(", ", known);
                complaints.add(
                        entry.line(),
                        where(key),
                        "is unknown",
                        Nearest.to(key, known)
                                .map(near -> "did you mean " + near + "? " + all)
                                .orElse(all));
            }
        });
    }

    private Optional<Node> node(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** One value, wherever it is. */
    private Optional<Value> scalar(Node node, String where) {
        if (!(node instanceof ScalarNode scalar)) {
            complaints.add(lineOf(node), where, "is a list or has keys of its own", "write one value");
            return Optional.empty();
        }
        String text = scalar.getValue().strip();
        if (Tag.NULL.equals(scalar.getTag()) || text.isEmpty()) {
            complaints.add(lineOf(node), where, "is empty", "write a value, or leave the key out");
            return Optional.empty();
        }
        return Optional.of(new Value(text, lineOf(node), where, complaints));
    }

    private void add(NodeTuple tuple) {
        Node key = tuple.getKeyNode();
        if (!(key instanceof ScalarNode scalar)) {
            complaints.add(lineOf(key), place.strip(), "has a key that is no word", "write key: value");
            return;
        }
        Entry entry = new Entry(lineOf(key), tuple.getValueNode());
        if (entries.putIfAbsent(scalar.getValue(), entry) != null) {
            complaints.add(entry.line(), where(scalar.getValue()), "is there twice", "leave one of them out");
        }
    }
}
