package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.ApplicationType;
import io.landfall.deploy.application.ApplicationTypes;
import io.landfall.deploy.application.TrafficAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All templates that are known, by their types. For several threads. */
public final class Templates implements ApplicationTypes {

    private final Map<String, Template> templates = new TreeMap<>();

    private Templates() {}

    /** Those of the house, and those that the {@code ServiceLoader} finds. */
    public static Templates standard() {
        Templates all = new Templates();
        List.of(
                        DeploymentTemplate.stateless(),
                        DeploymentTemplate.dubboProvider(),
                        DeploymentTemplate.web(),
                        new StatefulSetTemplate(),
                        new CronJobTemplate())
                .forEach(all::add);
        ServiceLoader.load(Template.class).forEach(all::add);
        return all;
    }

    /**
     * The same, and a team's own.
     *
     * @param directory with a folder for each; empty: there are none
     * @throws RefusedException if one of them cannot be used: everything that is wrong with all of them
     */
    public static Templates in(Optional<Path> directory) {
        Templates all = standard();
        directory.map(TemplateFolder::all).orElse(List.of()).forEach(all::add);
        return all;
    }

    private void add(Template template) {
        String name = template.type().name();
        if (templates.putIfAbsent(name, template) != null) {
            throw new RefusedException(List.of(
                    new Violation("template " + name, "there are two of this name", "give yours a name of its own")));
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(templates.keySet());
    }

    @Override
    public Optional<ApplicationType> find(String name) {
        return Optional.ofNullable(templates.get(name)).map(Template::type);
    }

    /**
     * Renders an application: a pure function.
     *
     * @throws RefusedException if the request makes no sense for its type, or Kubernetes would not take a name: everything at once
     */
    public Rendered render(RenderRequest request) {
        String type = request.application().type().name();
        Template template = templates.get(type);
        if (template == null) {
            throw new RefusedException(List.of(new Violation(
                    request.application().source().file(),
                    "there is no template for the type " + type,
                    "known are " + String.join(", ", names()))));
        }
        Rendered rendered = template.render(request);
        new Wiring(request).complete(rendered.workload());
        List<Violation> violations = new ArrayList<>(ObjectNames.check(rendered.all()));
        violations.addAll(taken(request, rendered.first()));
        if (!violations.isEmpty()) {
            throw new RefusedException(violations);
        }
        return rendered;
    }

    /** A way in and a template would write one Service in turns. */
    private static List<Violation> taken(RenderRequest request, List<HasMetadata> first) {
        List<String> services = first.stream()
                .filter(object -> object.getKind().equals("Service"))
                .map(object -> object.getMetadata().getName())
                .toList();
        return request.environment().traffic().stream()
                .map(TrafficAccess::name)
                .filter(services::contains)
                .map(name -> new Violation(
                        "Service " + name,
                        "the template and a way in both have this name",
                        "give the way in another one"))
                .toList();
    }
}
