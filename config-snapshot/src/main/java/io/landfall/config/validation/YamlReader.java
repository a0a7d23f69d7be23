package io.landfall.config.validation;

import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads YAML as a tree of nodes, from which nothing is constructed; merges ({@code <<}) are unfolded as applications see them. */
final class YamlReader {

    private static final Set<Tag> KNOWN = Set.of(
            Tag.NULL,
            Tag.BOOL,
            Tag.INT,
            Tag.FLOAT,
            Tag.TIMESTAMP,
            Tag.STR,
            Tag.BINARY,
            Tag.SEQ,
            Tag.MAP,
            Tag.SET,
            Tag.OMAP,
            Tag.PAIRS,
            Tag.MERGE);

    private final Findings findings;

    /** From the document down to where we are: what is in there twice contains itself. */
    private final Set<Node> open = new HashSet<>();

    YamlReader(Findings findings) {
        this.findings = findings;
    }

    /** Aliases of maps and lists 50 times at most, 50 levels; a file's size is somebody else's to limit. */
    static LoaderOptions limits() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }

    void read(String text) {
        try {
            new Yaml(new SafeConstructor(limits()))
                    .composeAll(new StringReader(text))
                    .forEach(document -> value(document, ""));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            findings.problem(line, YamlProblems.shown(e.getProblem()), "correct it there or in the lines before");
        } catch (ReaderException e) {
            findings.problem(
                    line(text, e.getPosition()), "it has a character that YAML does not allow", "leave it out");
        } catch (YAMLException e) {
            findings.problem(1, YamlProblems.shown(e.getMessage()), "write it simpler");
        }
    }

    private static int line(String text, int position) {
        return 1
                + (int) text.codePoints().limit(position).filter(c -> c == '\n').count();
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private void value(Node node, String path) {
        value(node, path, line(node));
    }

    private void value(Node node, String path, int line) {
        if (!KNOWN.contains(node.getTag())) {
            // Not which: what should have been a value in quotes may begin with an exclamation mark.
            findings.problem(line(node), "there is a tag that is not YAML's own", "leave it out, or quote the value");
        }
        if (!open.add(node)) {
            findings.problem(line(node), "an anchor contains itself", "write out what it should be");
            return;
        }
        if (node instanceof MappingNode map) {
            mapping(map, path, line);
        } else if (node instanceof SequenceNode list) {
            sequence(list.getValue(), path, line);
        } else if (node instanceof ScalarNode scalar) {
            findings.value(path, line, Tag.NULL.equals(scalar.getTag()) ? "null" : scalar.getValue());
        }
        open.remove(node);
    }

    private void sequence(List<Node> list, String path, int line) {
        if (list.isEmpty()) {
            findings.value(path, line, "[]");
        }
        for (int i = 0; i < list.size(); i++) {
            value(list.get(i), path + "[" + i + "]");
        }
    }

    private void mapping(MappingNode map, String path, int line) {
        if (map.getValue().isEmpty()) {
            findings.value(path, line, "{}");
        }
        Findings.Names names = findings.names(path);
        map.getValue().stream().filter(t -> !merges(t)).forEach(t -> entry(t, names));
        map.getValue().stream().filter(YamlReader::merges).forEach(t -> merge(t.getValueNode(), names));
    }

    private static boolean merges(NodeTuple entry) {
        return Tag.MERGE.equals(entry.getKeyNode().getTag());
    }

    private void entry(NodeTuple entry, Findings.Names names) {
        Node key = entry.getKeyNode();
        if (key instanceof ScalarNode name) {
            String text = Tag.NULL.equals(name.getTag()) ? "" : name.getValue();
            value(entry.getValueNode(), names.key(text, line(key)), line(key));
        } else {
            findings.problem(line(key), "a key is no text", "write a word before the colon");
        }
    }

    /** What is there already wins, then what was merged first. */
    private void merge(Node from, Findings.Names names) {
        if (!open.add(from)) {
            findings.problem(line(from), "an anchor contains itself", "write out what it should be");
            return;
        }
        if (from instanceof MappingNode map) {
            map.getValue().stream().filter(t -> !merges(t) && !there(t, names)).forEach(t -> entry(t, names));
            map.getValue().stream().filter(YamlReader::merges).forEach(t -> merge(t.getValueNode(), names));
        } else if (from instanceof SequenceNode list) {
            list.getValue().forEach(n -> merge(n, names));
        } else {
            findings.problem(line(from), "<< merges what is no map", "name an anchor of a map");
        }
        open.remove(from);
    }

    private static boolean there(NodeTuple entry, Findings.Names names) {
        return entry.getKeyNode() instanceof ScalarNode name && names.has(name.getValue());
    }
}
