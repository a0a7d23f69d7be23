package io.landfall.catip.asm;

import io.landfall.catip.Rewrites;
import io.landfall.catip.ShimException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;

/** Hands the JVM another version of each class that is to be rewritten. Any number of threads may load classes at once. */
public final class Rewriter implements ClassFileTransformer {

    private final Rewrites rewrites;

    /** Rewrites what is said there. */
    public Rewriter(Rewrites rewrites) {
        this.rewrites = rewrites;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null || (rewrites.methodsOf(name).isEmpty() && !rewrites.callsOf(name))) {
            return null;
        }
        try {
            return rewrite(name, bytes);
        } catch (ShimException e) {
            return stop(e.sentence());
        } catch (RuntimeException | Error e) {
            return stop("the class " + name.replace('/', '.') + " cannot be rewritten, so leave it out of the options: "
                    + e);
        }
    }

    /**
     * The JVM would ignore an exception or an error, and the class would go on telling the wrong address. It is not {@code System.exit},
     * as this thread holds locks of class loading, for which a shutdown hook may wait; nor {@code System.err}, which by now may be
     * the application's log, and wait for a class too.
     */
    private static byte @Nullable [] stop(String sentence) {
        try (OutputStream err = new FileOutputStream(FileDescriptor.err)) {
            err.write(("cat-ip-shim: " + sentence + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException nobodyReads) {
            // The status says it too.
        } finally {
            Runtime.getRuntime().halt(1);
        }
        return null;
    }

    /** Null if there was nothing to do in it. */
    byte @Nullable [] rewrite(String name, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        // No jump is put in, so that frames stay valid and no class has to be loaded to compute them.
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        List<String> methods = rewrites.methodsOf(name);
        CallSites calls = rewrites.callsOf(name) ? new CallSites(writer, rewrites.address()) : null;
        ClassVisitor first = calls == null ? writer : calls;
        if (!methods.isEmpty()) {
            first = new NamedMethods(first, methods, rewrites.address());
        }
        reader.accept(first, 0);
        return methods.isEmpty() && calls != null && !calls.changed() ? null : writer.toByteArray();
    }
}
