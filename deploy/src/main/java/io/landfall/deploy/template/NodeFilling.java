package io.landfall.deploy.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Puts values into the nodes of one document. A plain scalar that is one placeholder becomes what the value is, a number or a truth; in
 * quotes, and among other text, it is text. Where it has no value its key, or its item of a list, is left out.
 */
final class NodeFilling {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}");
    private static final Pattern WHOLE = Pattern.compile("\\$\\{([^}]*)}");

    private final Map<String, Object> values;
    /** A node may be there twice, by an alias. */
    private final Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());

    NodeFilling(Map<String, Object> values) {
        this.values = values;
    }

    /** The document with values. It is changed. */
    Node fill(Node document) {
        return filled(document).orElse(document);
    }

    private Optional<Node> filled(Node node) {
        if (node instanceof ScalarNode scalar) {
            return filled(scalar);
        }
        if (done.add(node)) {
            if (node instanceof MappingNode mapping) {
                fillMapping(mapping);
            } else if (node instanceof SequenceNode sequence) {
                fillSequence(sequence.getValue());
            }
        }
        return Optional.of(node);
    }

    private void fillMapping(MappingNode mapping) {
        List<NodeTuple> tuples = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            filled(tuple.getKeyNode())
                    .flatMap(key -> filled(tuple.getValueNode()).map(value -> new NodeTuple(key, value)))
                    .ifPresent(tuples::add);
        }
        mapping.setValue(tuples);
    }

    private void fillSequence(List<Node> items) {
        List<Node> filled =
                items.stream().flatMap(item -> filled(item).stream()).toList();
        items.clear();
        items.addAll(filled);
    }

    private Optional<Node> filled(ScalarNode scalar) {
        String text = scalar.getValue();
        if (!text.contains("${")) {
            // JSON, and so Kubernetes, has no dates.
            return Optional.of(scalar.getTag().equals(Tag.TIMESTAMP) ? text(scalar, text) : scalar);
        }
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            return Optional.of(text(scalar, replaced(text)));
        }
        Object value = values.get(whole.group(1));
        if (value == null) {
            return Optional.empty();
        }
        boolean typed = scalar.isPlain() && !(value instanceof String);
        return Optional.of(typed ? typed(scalar, value) : text(scalar, value.toString()));
    }

    private String replaced(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "${" : String.valueOf(values.getOrDefault(found.group(1), ""))));
    }

    private static Node text(ScalarNode place, String text) {
        return new ScalarNode(Tag.STR, text, place.getStartMark(), place.getEndMark(), ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node typed(ScalarNode place, Object value) {
        Tag tag = value instanceof Boolean ? Tag.BOOL : Tag.INT;
        return new ScalarNode(tag, value.toString(), place.getStartMark(), place.getEndMark(), ScalarStyle.PLAIN);
    }

    /** All placeholders, with the line of the scalar that has them. */
    Map<String, Integer> names(Node node) {
        Map<String, Integer> names = new TreeMap<>();
        collect(node, names);
        return names;
    }

    private void collect(Node node, Map<String, Integer> names) {
        if (node instanceof ScalarNode scalar) {
            int line = scalar.getStartMark().getLine() + 1;
            PLACEHOLDER.matcher(scalar.getValue()).results().forEach(found -> {
                if (found.group(1) != null) {
                    names.putIfAbsent(found.group(1), line);
                }
            });
        } else if (done.add(node)) {
            if (node instanceof MappingNode mapping) {
                mapping.getValue().forEach(tuple -> {
                    collect(tuple.getKeyNode(), names);
                    collect(tuple.getValueNode(), names);
                });
            } else if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(item -> collect(item, names));
            }
        }
    }
}
