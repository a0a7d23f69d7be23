package io.landfall.config.apollo.client;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs each test with an Apollo of its own: its client is one in a process, in static fields. Fields of tests are not injected. */
final class FreshClient implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> context, ExtensionContext extension)
            throws Throwable {
        invocation.skip();
        Properties before = (Properties) System.getProperties().clone();
        ClassLoader loaderBefore = Thread.currentThread().getContextClassLoader();
        try (Loader loader = new Loader()) {
            Thread.currentThread().setContextClassLoader(loader);
            System.setProperty("app.id", "orders");
            // Boot would reset the logging that other tests look at.
            System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
            // Nobody is there.
            System.setProperty("apollo.meta", "http://127.0.0.1:1");
            run(context, loader);
        } finally {
            Thread.currentThread().setContextClassLoader(loaderBefore);
            System.setProperties(before);
        }
    }

    private static void run(ReflectiveInvocationContext<Method> context, ClassLoader loader) throws Throwable {
        Class<?> test = loader.loadClass(context.getTargetClass().getName());
        Constructor<?> constructor = test.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method original = context.getExecutable();
        Method method = test.getDeclaredMethod(original.getName(), original.getParameterTypes());
        method.setAccessible(true);
        try {
            method.invoke(constructor.newInstance(), context.getArguments().toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Has its own Apollo and Landfall, and shares the rest. */
    private static final class Loader extends URLClassLoader {

        private static final List<String> OWN = List.of("com.ctrip.", "io.landfall.");

        Loader() {
            super(new URL[0], FreshClient.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (OWN.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
