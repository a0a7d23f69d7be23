package io.landfall.deploy.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** YAML as nodes that know where they stand. Nothing is made of what a tag names. */
public final class YamlText {

    private YamlText() {}

    /**
     * The one document of a text; empty, and complained about, where there is none.
     *
     * @param wanted what should be written where there is nothing: {@code a table}
     */
    public static Optional<Node> root(String text, String wanted, Complaints complaints) {
        try {
            @Nullable Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                complaints.add(1, "", "there is nothing in it", "write " + wanted);
            }
            return Optional.ofNullable(root);
        } catch (YAMLException wrong) {
            refuse(wrong, complaints);
            return Optional.empty();
        }
    }

    /** All documents of a text. */
    public static List<Node> documents(String text, Complaints complaints) {
        List<Node> documents = new ArrayList<>();
        try {
            new Yaml(new LoaderOptions()).composeAll(new StringReader(text)).forEach(documents::add);
        } catch (YAMLException wrong) {
            refuse(wrong, complaints);
        }
        return documents;
    }

    private static void refuse(YAMLException wrong, Complaints complaints) {
        if (wrong instanceof MarkedYAMLException marked) {
            int line = marked.getProblemMark() == null
                    ? 1
                    : marked.getProblemMark().getLine() + 1;
            complaints.add(line, "", "this is no YAML: " + marked.getProblem(), "mend the line, or the one before");
        } else {
            complaints.add(1, "", "this is no YAML: " + wrong.getMessage(), "mend it");
        }
    }
}
