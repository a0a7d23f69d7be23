package io.landfall.catip.asm;

import io.landfall.catip.Address;
import io.landfall.catip.ShimException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Has methods of one class return the address, whatever they did before. */
final class NamedMethods extends ClassVisitor {

    private static final String TEXT = "()Ljava/lang/String;";
    private static final String ADDRESS = "()Ljava/net/InetAddress;";

    private final List<String> missing;
    private final List<String> names;
    private final Address address;
    private final List<String> wrong = new ArrayList<>();
    private String owner = "";

    NamedMethods(ClassVisitor next, List<String> names, Address address) {
        super(Opcodes.ASM9, next);
        this.names = names;
        this.missing = new ArrayList<>(names);
        this.address = address;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        owner = name.replace('/', '.');
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        // A bridge only calls the real one.
        if (!names.contains(name) || !descriptor.startsWith("()") || (access & Opcodes.ACC_BRIDGE) != 0) {
            return super.visitMethod(access, name, descriptor, signature, exceptions);
        }
        missing.remove(name);
        refuse(access, name, descriptor);
        MethodVisitor method = super.visitMethod(access & ~Opcodes.ACC_NATIVE, name, descriptor, signature, exceptions);
        return new Replaced(method, address, descriptor.equals(TEXT));
    }

    private void refuse(int access, String name, String descriptor) {
        if ((access & Opcodes.ACC_ABSTRACT) != 0) {
            wrong.add(owner + "." + name + "() is abstract: name the class that has its code");
        } else if (descriptor.equals(ADDRESS) && !address.numeric()) {
            wrong.add(owner + "." + name + "() returns an InetAddress: the file must have numbers and not '"
                    + address.host() + "'");
        } else if (!descriptor.equals(TEXT) && !descriptor.equals(ADDRESS)) {
            wrong.add(owner + "." + name + "() returns neither String nor InetAddress: name one that does");
        }
    }

    @Override
    public void visitEnd() {
        for (String name : missing) {
            wrong.add(owner + " has no method " + name + "() without parameters of its own: name one that it has");
        }
        if (!wrong.isEmpty()) {
            throw new ShimException("method= cannot be done, as " + String.join("; ", wrong));
        }
        super.visitEnd();
    }

    /** Keeps what is said about the method, such as annotations, and none of what it does. */
    private static final class Replaced extends MethodVisitor {
        private final Address address;
        private final boolean text;

        Replaced(MethodVisitor target, Address address, boolean text) {
            super(Opcodes.ASM9, target);
            this.address = address;
            this.text = text;
        }

        @Override
        public void visitCode() {
            write();
        }

        @Override
        public void visitEnd() {
            // Was native, and had no code.
            write();
        }

        private void write() {
            MethodVisitor target = mv;
            if (target == null) {
                return;
            }
            // From here on nothing of the old code is passed on.
            mv = null;
            target.visitCode();
            if (text) {
                target.visitLdcInsn(address.host());
            } else {
                JdkCall.push(target, address);
            }
            target.visitInsn(Opcodes.ARETURN);
            target.visitMaxs(0, 0);
            target.visitEnd();
        }
    }
}
