package io.landfall.catip.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.catip.Rewrites;
import io.landfall.catip.ShimException;
import io.landfall.catip.TestAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewriterTest {

    private static final String NAME = Subject.class.getName();
    private static final String PACKAGE = Subject.class.getPackageName();

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.10", "2001:db8::7", "cat-0.example.com"})
    void shouldHaveATextMethodReturnTheAddress(String address) throws Exception {
        Class<?> rewritten = methods(address, NAME + ".text", NAME + ".ofNative");

        assertThat(call(rewritten, "text")).isEqualTo(address);
        assertThat(call(rewritten, "ofNative")).isEqualTo(address);
        assertThat(call(rewritten, "other")).isEqualTo("own");
        assertThat(rewritten.getMethod("text").isAnnotationPresent(Deprecated.class))
                .isTrue();
    }

    @Test
    void shouldTakeAMethodThatIsNamedTwiceForOne() throws Exception {
        assertThat(call(methods("203.0.113.10", NAME + ".text", NAME + ".text"), "text"))
                .isEqualTo("203.0.113.10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.10", "2001:db8::7"})
    void shouldHaveAMethodReturnTheInetAddress(String address) throws Exception {
        Class<?> rewritten = methods(address, NAME + ".address");

        assertThat(call(rewritten, "address")).isEqualTo(inet(address));
        assertThat((String) call(rewritten, "text")).startsWith("own");
    }

    @Test
    void shouldLeaveABridgeToTheMethodThatIsBehindIt() throws Exception {
        Class<?> rewritten =
                rewritten(Subject.Bridged.class, rewriter("203.0.113.10", List.of(NAME + "$Bridged.call"), List.of()));

        Callable<?> bridged = (Callable<?>) rewritten.getDeclaredConstructor().newInstance();
        assertThat(bridged.call()).isEqualTo("203.0.113.10");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.10, number, number() returns neither String nor InetAddress",
        "203.0.113.10, localIp, has no method localIp() without parameters",
        "203.0.113.10, withParameter, has no method withParameter() without parameters",
        "cat-0.example.com, address, address() returns an InetAddress: the file must have numbers and not 'cat-0.example.com'"
    })
    void shouldRefuseMethodsThatCannotReturnIt(String address, String method, String reason) {
        assertThatThrownBy(() -> methods(address, NAME + "." + method, NAME + ".text"))
                .isInstanceOf(ShimException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldNameAllRefusedMethodsOfAClass() {
        assertThatThrownBy(() -> methods("203.0.113.10", NAME + ".number", NAME + ".localIp"))
                .hasMessageContaining(".number() returns")
                .hasMessageContaining("no method localIp()");
    }

    @Test
    void shouldRefuseAMethodWithoutCode() {
        Rewriter rewriter = rewriter("203.0.113.10", List.of(NAME + "$WithoutCode.text"), List.of());

        assertThatThrownBy(() -> rewritten(Subject.WithoutCode.class, rewriter)).hasMessageContaining("is abstract");
    }

    @Test
    void shouldGiveTheLocalHostTheAddressAndLeaveItItsName() throws Exception {
        Class<?> rewritten = calls("203.0.113.10");
        InetAddress real = InetAddress.getLocalHost();

        for (String method : List.of("localHost", "localHostByReference")) {
            InetAddress address = (InetAddress) call(rewritten, method);
            assertThat(address.getHostAddress()).isEqualTo("203.0.113.10");
            assertThat(address.getHostName()).isEqualTo(real.getHostName());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ofInterface", "inLambda", "byReference"})
    void shouldGiveAnInterfaceTheAddress(String method) throws Exception {
        assertThat(call(calls("203.0.113.10"), method)).isEqualTo(List.of(inet("203.0.113.10")));
    }

    @Test
    void shouldGiveAnAddressANameThatNoDnsIsAskedFor() throws Exception {
        assertThat(call(methods("203.0.113.10", NAME + ".address"), "address"))
                .hasToString("203.0.113.10/203.0.113.10");
    }

    @Test
    void shouldLeaveAloneWhatItIsNotAskedFor() throws Exception {
        Rewriter rewriter = rewriter("203.0.113.10", List.of("com.example.Net.localIp"), List.of(PACKAGE + "x"));

        assertThat(transformed(rewriter, Subject.class)).isNull();
        assertThat(transformed(rewriter("203.0.113.10", List.of(), List.of(PACKAGE)), Subject.Plain.class))
                .isNull();
    }

    @Test
    void shouldRefuseToSetNamesIntoCallsOfTheJdk() {
        assertThatThrownBy(() -> calls("cat-0.example.com"))
                .isInstanceOf(ShimException.class)
                .hasMessageContaining("jdk= needs an address of numbers");
    }

    @SuppressWarnings("AddressSelection") // Of numbers.
    private static InetAddress inet(String address) throws UnknownHostException {
        return InetAddress.getByName(address);
    }

    private static Class<?> methods(String address, String... methods) throws Exception {
        return rewritten(Subject.class, rewriter(address, List.of(methods), List.of()));
    }

    private static Class<?> calls(String address) throws Exception {
        return rewritten(Subject.class, rewriter(address, List.of(), List.of(PACKAGE)));
    }

    private static Rewriter rewriter(String address, List<String> methods, List<String> packages) {
        return new Rewriter(new Rewrites(TestAddress.of(address), methods, packages));
    }

    private static byte @Nullable [] transformed(Rewriter rewriter, Class<?> type) {
        return rewriter.transform(null, type.getName().replace('.', '/'), null, null, bytes(type));
    }

    /** Not through the agent's own way, which would halt this JVM. */
    private static Class<?> rewritten(Class<?> type, Rewriter rewriter) throws Exception {
        byte[] bytes = Objects.requireNonNull(rewriter.rewrite(type.getName().replace('.', '/'), bytes(type)));
        ClassLoader loader = new ClassLoader(type.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.equals(type.getName())) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
            }
        };
        return Class.forName(type.getName(), true, loader);
    }

    private static byte[] bytes(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object call(Class<?> type, String name) throws Exception {
        Method method = type.getMethod(name);
        Object result = method.invoke(type.getDeclaredConstructor().newInstance());
        return Objects.requireNonNull(result);
    }
}
