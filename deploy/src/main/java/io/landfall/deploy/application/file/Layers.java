package io.landfall.deploy.application.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Lays one mapping over another. Nodes stay where they stood, so that complaints name the line. */
final class Layers {

    private Layers() {}

    /** All keys of both; where both have one, the upper's value, or both merged if they are mappings. */
    static MappingNode over(MappingNode upper, MappingNode lower) {
        Map<Object, NodeTuple> tuples = new LinkedHashMap<>();
        List<NodeTuple> odd = new ArrayList<>();
        for (NodeTuple tuple : lower.getValue()) {
            keep(tuple, tuples, odd);
        }
        Set<Object> said = new HashSet<>();
        for (NodeTuple tuple : upper.getValue()) {
            Object key = keyOf(tuple);
            if (!said.add(key)) {
                odd.add(tuple);
                continue;
            }
            NodeTuple below = tuples.get(key);
            // Where it stood below: the first of ports, and of ways in, is more than the others.
            tuples.put(key, below == null ? tuple : merged(tuple, below));
        }
        odd.addAll(tuples.values());
        return new MappingNode(
                upper.getTag(), true, odd, upper.getStartMark(), upper.getEndMark(), upper.getFlowStyle());
    }

    /** A key that is there twice in one mapping stays there twice, and is complained about. */
    private static void keep(NodeTuple tuple, Map<Object, NodeTuple> tuples, List<NodeTuple> odd) {
        NodeTuple before = tuples.put(keyOf(tuple), tuple);
        if (before != null) {
            odd.add(before);
        }
    }

    private static NodeTuple merged(NodeTuple upper, NodeTuple lower) {
        if (upper.getValueNode() instanceof MappingNode above && lower.getValueNode() instanceof MappingNode below) {
            return new NodeTuple(upper.getKeyNode(), over(above, below));
        }
        return upper;
    }

    private static Object keyOf(NodeTuple tuple) {
        Node key = tuple.getKeyNode();
        return key instanceof ScalarNode scalar ? scalar.getValue() : key;
    }

    /** Some keys of a mapping. */
    static MappingNode only(MappingNode mapping, List<String> keys) {
        return new MappingNode(
                mapping.getTag(),
                true,
                mapping.getValue().stream()
                        .filter(tuple -> keyOf(tuple) instanceof String key && keys.contains(key))
                        .toList(),
                mapping.getStartMark(),
                mapping.getEndMark(),
                mapping.getFlowStyle());
    }
}
