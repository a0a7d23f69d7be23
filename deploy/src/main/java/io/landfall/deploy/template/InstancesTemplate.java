package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.landfall.deploy.CatSettings;
import io.landfall.deploy.CatSettings.Datasource;
import io.landfall.deploy.Container;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.kubernetes.StatefulTemplate;
import java.util.List;
import java.util.Optional;

/** A StatefulSet with an address for each pod, by the table of its instances. The table says what runs; the release, which image. */
final class InstancesTemplate {

    private InstancesTemplate() {}

    static Rendered render(RenderRequest request, InstanceTable table) {
        InstanceTable placed = new InstanceTable(
                table.name(),
                Optional.of(request.environment().place().namespace()),
                container(table.container(), request.image().toString()),
                table.storage(),
                table.balancer(),
                table.onChange(),
                table.instances(),
                table.cat().map(InstancesTemplate::withoutPassword));
        List<HasMetadata> all = StatefulTemplate.render(placed, variable -> "");
        return new Rendered(all.subList(0, all.size() - 1), all.get(all.size() - 1));
    }

    private static Container container(Container container, String image) {
        return new Container(
                image,
                container.command(),
                container.environment(),
                container.agent(),
                container.ports(),
                container.probe(),
                container.resources());
    }

    /** A password has no place in what is rendered: {@code instances apply} writes the Secret. */
    private static CatSettings withoutPassword(CatSettings cat) {
        return new CatSettings(new Datasource(cat.datasource().secret(), Optional.empty()), cat.hdfs());
    }
}
