package io.landfall.e2e.field;

import io.landfall.e2e.cluster.Images;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What runs in the pods.
 *
 * @param kind what it answers to
 * @param platform what it is built on
 */
public record Application(Kind kind, Platform platform) {

    /** What {@code examples/web} asks while it answers, if it asks at all: the old world's greeters. */
    static final String ASKED = "back";

    /** What {@code examples/web} is called in a registry of applications. */
    static final String SERVICE = "greetings";

    /** The class of {@code examples/web} to run. */
    static final String BOOT_MAIN = "io.landfall.examples.web.WebMain";

    /** Of a web application also: with which server. */
    public enum Kind {
        TOMCAT("servlet", "tomcat"),
        JETTY("servlet", "jetty"),
        WEBFLUX("reactive", "netty"),
        DUBBO("none", "dubbo"),
        TRI("none", "dubbo"),
        /** Tomcat, and registered in Eureka. */
        EUREKA("servlet", ""),
        /** Tomcat, where a request asks the old world over Dubbo; and greets over Dubbo itself. */
        MIXED("servlet", "tomcat");

        private final String webType;
        private final String libraries;

        Kind(String webType, String libraries) {
            this.webType = webType;
            this.libraries = libraries;
        }

        boolean answersHttp() {
            return !webType.equals("none");
        }

        boolean answersDubbo() {
            return this == DUBBO || this == TRI || this == MIXED;
        }

        /** Whether a registry knows it. */
        boolean registers() {
            return answersDubbo() || this == EUREKA;
        }
    }

    /** A {@code main}, or a line of Spring Boot. */
    public enum Platform {
        MAIN(""),
        BOOT_3_5("boot-3.5"),
        BOOT_4_1("boot-4.1");

        private final String folder;

        Platform(String folder) {
            this.folder = folder;
        }
    }

    /** {@code examples/greeter} over a protocol of Dubbo's. */
    public static Application plain(String protocol) {
        return new Application(Kind.valueOf(protocol.toUpperCase(Locale.ROOT)), Platform.MAIN);
    }

    /** As in {@code TOMCAT BOOT_3_5}. */
    public static Application of(String words) {
        int space = words.indexOf(' ');
        return new Application(Kind.valueOf(words.substring(0, space)), Platform.valueOf(words.substring(space + 1)));
    }

    /** What has to have Landfall so that no call is lost. */
    public Mode lossless() {
        return Mode.losslessOver(protocol());
    }

    /** How many consumers call it. */
    public int consumers() {
        return kind.answersDubbo() ? 2 : 1;
    }

    /** Of its Dubbo part. */
    public String protocol() {
        return kind == Kind.TRI ? "tri" : "dubbo";
    }

    /** Whether its requests ask the old world. */
    public boolean asksOldWorld() {
        return kind == Kind.MIXED;
    }

    String manifest(Mode mode) {
        String application = platform == Platform.MAIN ? "greeter" : "boot";
        return application + (mode.inPods() ? "-landfall.yaml" : "-stock.yaml");
    }

    /** What its manifest leaves blank. */
    Map<String, String> values(Mode mode) {
        Map<String, String> values = new HashMap<>();
        values.put("protocol", protocol());
        values.put("qos", String.valueOf(mode == Mode.STOCK_AT_ITS_BEST && kind.answersDubbo()));
        values.put("lifecycle", mode == Mode.STOCK_AT_ITS_BEST ? preStop() : "{}");
        values.put("classpath", classPathInImage(mode.inPods()));
        values.put("webType", kind.webType);
        values.put("asks", asksOldWorld() ? ASKED : "false");
        values.put("readiness", readiness(mode.inPods()));
        return values;
    }

    private String classPathInImage(boolean landfall) {
        String stock = kind == Kind.EUREKA
                ? "/opt/web/app/*:/opt/web/eureka/*"
                : classPath("/opt/web/app/*", "/opt/web/" + platform.folder);
        return stock + (landfall ? ":/opt/landfall/*" : "");
    }

    /** What the build has made of the application that is registered in Eureka, without Landfall. */
    static String classPathInEureka() {
        return Images.built("web", "classes") + ":" + Images.built("web-eureka", "libs") + "/*";
    }

    /** What the build has made, with Landfall. */
    String classPathInBuild() {
        return classPathInBuild(Images.landfallInThisBuild() + "/*");
    }

    /** The same with other jars in place of Landfall's. */
    String classPathInBuild(String jars) {
        String module = platform == Platform.BOOT_4_1 ? "web-boot-4.1" : "web";
        String app = Images.built("web", "classes").toString();
        return classPath(app, Images.built(module, "libs").toString()) + ":" + jars;
    }

    private String classPath(String app, String libraries) {
        return app + ":" + libraries + "/common/*:" + libraries + "/" + kind.libraries + "/*"
                + (kind.answersDubbo() && kind.answersHttp() ? ":" + libraries + "/dubbo/*" : "");
    }

    /** What it takes from the environment where it is no pod. */
    Map<String, String> environment() {
        return Map.of(
                "SPRING_MAIN_WEBAPPLICATIONTYPE",
                kind.webType,
                "SPRING_MAIN_BANNERMODE",
                "off",
                "GREETING_PROTOCOL",
                protocol());
    }

    private String readiness(boolean landfall) {
        if (kind.answersHttp()) {
            return "{httpGet: {path: /actuator/health/readiness, port: 8080}, periodSeconds: 1, timeoutSeconds: 5}";
        }
        return landfall
                ? "{httpGet: {path: /readyz, port: 8719}, periodSeconds: 1}"
                : "{tcpSocket: {port: 20880}, periodSeconds: 1}";
    }

    /** Consumers and balancers have a while to forget the pod before it is asked to end. */
    private String preStop() {
        String command = "java, -cp, /opt/web/app/*, io.landfall.examples.web.StockPreStop, '10'";
        String offline = kind.answersDubbo() ? ", 'http://127.0.0.1:22222/offline'" : "";
        return "{preStop: {exec: {command: [" + command + offline + "]}}}";
    }

    /** As {@link #of} takes it. */
    @Override
    public String toString() {
        return kind + " " + platform;
    }
}
