package io.landfall.registry.dubbo;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.metadata.report.MetadataReport;
import org.apache.dubbo.metadata.report.MetadataReportFactory;

/**
 * Waits for the metadata centre, which Dubbo connects to before it does to the registry. Made by Dubbo, which takes a constructor like
 * this one for a wrapper.
 */
public final class MetadataCenterFactory implements MetadataReportFactory {

    private final MetadataReportFactory wrapped;
    private final FirstContact contact = new FirstContact();

    /** Called by Dubbo. */
    public MetadataCenterFactory(MetadataReportFactory wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public MetadataReport getMetadataReport(URL url) {
        contact.awaitUnlessUnchecked(url);
        return wrapped.getMetadataReport(url);
    }

    @Override
    public void destroy() {
        wrapped.destroy();
    }
}
