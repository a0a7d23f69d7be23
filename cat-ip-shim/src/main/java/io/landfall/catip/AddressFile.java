package io.landfall.catip;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The file that the pod's template injects; its first line is the address. See ARCHITECTURE.md, "The pod". */
final class AddressFile {

    private static final String USUAL = "/etc/landfall/eip";
    private static final long LOOK_EVERY_MILLIS = 100;
    /** Of UTF-8, one character for each byte. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /** More than any address has. */
    private static final int MOST_BYTES = 1024;

    private final File file;

    /** The file of that name; without one that of {@code landfall.eip.file}, {@code LANDFALL_EIP_FILE}, or the usual. */
    AddressFile(@Nullable String name) {
        file = new File(name != null ? name : named());
    }

    private static String named() {
        String property = System.getProperty("landfall.eip.file", "");
        if (!property.isEmpty()) {
            return property;
        }
        String variable = System.getenv("LANDFALL_EIP_FILE");
        return variable == null || variable.isEmpty() ? USUAL : variable;
    }

    String path() {
        return file.getPath();
    }

    /**
     * Reads the address.
     *
     * @param millis for how long the file may be missing or empty; says so if it has to wait
     * @throws ShimException if there is no address then, or as soon as there is something else
     */
    Address await(long millis) {
        String line = firstLine();
        if (line.isEmpty() && millis > 0) {
            Start.print("waiting up to " + millis + " ms for an address in " + file);
            long begin = System.nanoTime();
            while (line.isEmpty() && (System.nanoTime() - begin) / 1_000_000 < millis) {
                pause();
                line = firstLine();
            }
        }
        if (line.isEmpty()) {
            throw new ShimException((file.exists() ? "the file " + file + " is empty" : "there is no file " + file)
                    + " after " + millis + " ms: mount it, with this pod's external address in its first line");
        }
        try {
            return Address.parse(line);
        } catch (ShimException e) {
            throw new ShimException("the file " + file + " is wrong: " + e.sentence());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShimException("it was interrupted while it waited for an address");
        }
    }

    private String firstLine() {
        if (!file.exists()) {
            return "";
        }
        if (file.isDirectory()) {
            throw new ShimException(file + " is a folder: " + cureOfAFolder());
        }
        try (InputStream in = new FileInputStream(file)) {
            return firstLine(in);
        } catch (IOException e) {
            if (!file.exists()) {
                // Somebody puts another one in its place.
                return "";
            }
            throw new ShimException("the file " + file + " cannot be read, so make it readable: " + e.getMessage());
        }
    }

    /** An empty one is what a kubelet makes where a subPath leads nowhere, and never changes. */
    private String cureOfAFolder() {
        String[] inside = file.list();
        return inside == null || inside.length == 0
                ? "have the ConfigMap or the annotation it is mounted from say this pod's external address before the pod is"
                        + " made"
                : "mount the one file of it here by subPath, or name that file";
    }

    private String firstLine(InputStream in) throws IOException {
        byte[] line = new byte[MOST_BYTES];
        int length = 0;
        int read = in.read();
        while (read >= 0 && read != '\n' && read != '\r' && length < line.length) {
            line[length++] = (byte) read;
            read = in.read();
        }
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1).trim();
        if (text.startsWith(BYTE_ORDER_MARK)) {
            throw new ShimException("the file " + file + " begins with a byte order mark: save it without one");
        }
        return text;
    }
}
