package io.landfall.catip.asm;

import io.landfall.catip.Address;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Replaces what one class asks the JDK for, in calls and in method references. */
final class CallSites extends ClassVisitor {

    private final Address address;
    private final Set<JdkCall> referenced = EnumSet.noneOf(JdkCall.class);
    private boolean changed;
    private String owner = "";
    private boolean isInterface;

    CallSites(ClassVisitor next, Address address) {
        super(Opcodes.ASM9, next);
        this.address = address;
    }

    /** Whether there was anything. */
    boolean changed() {
        return changed;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        owner = name;
        isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return new Calls(super.visitMethod(access, name, descriptor, signature, exceptions));
    }

    @Override
    public void visitEnd() {
        for (JdkCall call : referenced) {
            MethodVisitor method = super.visitMethod(
                    Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                    call.methodName(),
                    call.methodDescriptor(),
                    null,
                    null);
            call.writeMethod(method, address);
        }
        super.visitEnd();
    }

    private final class Calls extends MethodVisitor {

        Calls(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String type, String name, String descriptor, boolean ofInterface) {
            JdkCall call = JdkCall.of(type, name, descriptor);
            if (call == null) {
                super.visitMethodInsn(opcode, type, name, descriptor, ofInterface);
            } else {
                changed = true;
                call.write(mv, address);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] replaced = arguments.clone();
            for (int i = 0; i < replaced.length; i++) {
                if (Handle.class.isInstance(replaced[i])) {
                    replaced[i] = replaced(Handle.class.cast(replaced[i]));
                }
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, replaced);
        }

        private Handle replaced(Handle handle) {
            JdkCall call = JdkCall.of(handle.getOwner(), handle.getName(), handle.getDesc());
            if (call == null) {
                return handle;
            }
            changed = true;
            referenced.add(call);
            return new Handle(Opcodes.H_INVOKESTATIC, owner, call.methodName(), call.methodDescriptor(), isInterface);
        }
    }
}
