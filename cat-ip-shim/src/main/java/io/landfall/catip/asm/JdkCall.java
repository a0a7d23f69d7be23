package io.landfall.catip.asm;

import io.landfall.catip.Address;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A method of the JDK's that tells an application an address of its machine, and what to do in its place. */
enum JdkCall {
    /** The address has the host name that it always had. */
    LOCAL_HOST("InetAddress", "getLocalHost", "()Ljava/net/InetAddress;", true) {
        @Override
        void write(MethodVisitor code, Address address) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, INET_ADDRESS, "getLocalHost", "()Ljava/net/InetAddress;", false);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INET_ADDRESS, "getHostName", "()Ljava/lang/String;", false);
            push(code, address);
            pushNamed(code);
        }
    },

    /** Every interface has the one address. There is no other way to have one that is chosen by rank say it. */
    ADDRESSES("NetworkInterface", "getInetAddresses", "()Ljava/util/Enumeration;", false) {
        @Override
        void write(MethodVisitor code, Address address) {
            code.visitInsn(Opcodes.POP);
            pushList(code, address);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    "java/util/Collections",
                    "enumeration",
                    "(Ljava/util/Collection;)Ljava/util/Enumeration;",
                    false);
        }
    },

    /** The same since Java 9. */
    ADDRESS_STREAM("NetworkInterface", "inetAddresses", "()Ljava/util/stream/Stream;", false) {
        @Override
        void write(MethodVisitor code, Address address) {
            code.visitInsn(Opcodes.POP);
            pushList(code, address);
            code.visitMethodInsn(
                    Opcodes.INVOKEINTERFACE, "java/util/List", "stream", "()Ljava/util/stream/Stream;", true);
        }
    };

    private static final String INET_ADDRESS = "java/net/InetAddress";
    private static final JdkCall[] ALL = values();

    private final String owner;
    private final String method;
    private final String descriptor;
    private final boolean isStatic;

    JdkCall(String owner, String method, String descriptor, boolean isStatic) {
        this.owner = "java/net/" + owner;
        this.method = method;
        this.descriptor = descriptor;
        this.isStatic = isStatic;
    }

    /** Null if it is none of them. */
    static @Nullable JdkCall of(String owner, String name, String descriptor) {
        for (JdkCall call : ALL) {
            if (call.method.equals(name) && call.descriptor.equals(descriptor) && call.ownedBy(owner)) {
                return call;
            }
        }
        return null;
    }

    /** A static method may be called by the name of a subclass. */
    private boolean ownedBy(String name) {
        return owner.equals(name)
                || (isStatic && (name.equals("java/net/Inet4Address") || name.equals("java/net/Inet6Address")));
    }

    /** Leaves the result on the stack, and takes the receiver off it, if there is one. */
    abstract void write(MethodVisitor code, Address address);

    /** Writes a whole static method that does it, for a method reference to name. */
    void writeMethod(MethodVisitor code, Address address) {
        code.visitCode();
        if (!isStatic) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
        }
        write(code, address);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    String methodName() {
        return "landfall$" + method;
    }

    /** Of that method. */
    String methodDescriptor() {
        return isStatic ? descriptor : descriptor.replace("()", "(L" + owner + ";)");
    }

    /**
     * Puts the address on the stack; as it is one of numbers, no DNS is asked. The numbers are its name too: the pod's own address has
     * one in its hosts file, and for this one each {@code getHostName()} would ask a DNS that may never have heard of it.
     */
    static void push(MethodVisitor code, Address address) {
        code.visitLdcInsn(address.host());
        code.visitLdcInsn(address.host());
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC, INET_ADDRESS, "getByName", "(Ljava/lang/String;)Ljava/net/InetAddress;", false);
        pushNamed(code);
    }

    /** Takes an address and a name off the stack, and leaves the one with the other. */
    private static void pushNamed(MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INET_ADDRESS, "getAddress", "()[B", false);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                INET_ADDRESS,
                "getByAddress",
                "(Ljava/lang/String;[B)Ljava/net/InetAddress;",
                false);
    }

    private static void pushList(MethodVisitor code, Address address) {
        push(code, address);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/util/Collections",
                "singletonList",
                "(Ljava/lang/Object;)Ljava/util/List;",
                false);
    }
}
