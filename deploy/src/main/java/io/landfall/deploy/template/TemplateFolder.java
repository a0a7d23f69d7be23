package io.landfall.deploy.template;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.ApplicationType;
import io.landfall.deploy.application.ApplicationType.Workload;
import io.landfall.deploy.application.Parameter;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads templates of a team's own: a folder each, with {@code template.yaml} and manifests beside it. */
final class TemplateFolder {

    private static final String DESCRIPTION = "template.yaml";

    private final Path folder;

    private TemplateFolder(Path folder) {
        this.folder = folder;
    }

    /** All templates in the folders of a directory, by the names of their folders. */
    static List<Template> all(Path directory) {
        List<Template> templates = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        for (Path folder : list(directory)) {
            if (Files.isRegularFile(folder.resolve(DESCRIPTION))) {
                try {
                    templates.add(new TemplateFolder(folder).read());
                } catch (RefusedException wrong) {
                    violations.addAll(wrong.violations());
                }
            }
        }
        if (!violations.isEmpty()) {
            throw new RefusedException(violations);
        }
        return templates;
    }

    private Template read() {
        String name = folder.getFileName() + "/" + DESCRIPTION;
        Complaints complaints = new Complaints(name);
        Optional<ApplicationType> type = YamlText.root(text(folder.resolve(DESCRIPTION)), "a template", complaints)
                .flatMap(root -> Fields.of(root, "key ", complaints))
                .flatMap(TemplateFolder::type);
        complaints.check();
        return new FolderTemplate(type.orElseThrow(), manifests());
    }

    private static Optional<ApplicationType> type(Fields fields) {
        Optional<String> name = fields.required("template").flatMap(value -> value.name(NameRule.DNS_SUBDOMAIN));
        Optional<Workload> workload = fields.required("workload")
                .flatMap(value -> value.read(
                        text -> Formats.word(Workload.class, text), "it is " + Formats.words(Workload.class)));
        fields.optional("description");
        List<Parameter> parameters = new ArrayList<>();
        fields.mapping("parameters").ifPresent(all -> all.keys().forEach(key -> all.mapping(key)
                .flatMap(parameter -> ParameterDeclaration.read(key, all, parameter))
                .ifPresent(parameters::add)));
        fields.end();
        return name.flatMap(text -> workload.map(kind -> new ApplicationType(text, kind, parameters)));
    }

    /** In the order of their names, in which they are applied. */
    private Map<String, String> manifests() {
        Map<String, String> manifests = new TreeMap<>();
        for (Path file : list(folder)) {
            String name = String.valueOf(file.getFileName());
            if ((name.endsWith(".yaml") || name.endsWith(".yml")) && !name.equals(DESCRIPTION)) {
                manifests.put(folder.getFileName() + "/" + name, text(file));
            }
        }
        return manifests;
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException missing) {
            throw refused(directory, "it is no directory that can be read");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw refused(file, "it cannot be read as text in UTF-8");
        }
    }

    private static RefusedException refused(Path file, String problem) {
        return new RefusedException(
                List.of(new Violation(file.toString(), problem, "look at the key templates of landfall.yaml")));
    }
}
