package io.landfall.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * The rules every module keeps. A root package is {@code io.landfall.<module>}; anything below it is an integration.
 *
 * <p>Include with {@code @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);}.
 */
public final class HouseRules {

    /** Which module may know which others. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "house", Set.of(),
            "shutdown", Set.of(),
            "registry", Set.of("shutdown"),
            "config", Set.of(),
            "catip", Set.of(),
            "sdk", Set.of("shutdown", "registry", "config"),
            "deploy", Set.of("config"));

    private static final Pattern MODULE = Pattern.compile("io\\.landfall\\.([a-z0-9]+).*");

    /** Users of a root package get no framework with it. */
    @ArchTest
    static final ArchRule rootPackagesKnowTheJdkSlf4jAndMicrometerOnly = classes()
            .that(are(inRootPackage()))
            .should()
            .onlyDependOnClassesThat(are(allowedInRootPackage()))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesAreTheFieldsOwn = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl)(\\$.*)?")
            .because("a name says what a thing is, in the words of its users");

    /** An agent prints, because the application's log is not there yet, and its own would be visible to the application. */
    @ArchTest
    static final ArchRule nobodyPrints = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.landfall.examples..",
                    "io.landfall.deploy.cli..",
                    "io.landfall.benchmarks..",
                    "io.landfall.catip..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule nothingPointsAtExamplesOrTests = noClasses()
            .that()
            .resideOutsideOfPackages("io.landfall.examples..", "io.landfall.e2e..", "io.landfall.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.landfall.examples..", "io.landfall.e2e..", "io.landfall.benchmarks..");

    /** An arrow that is not in {@link #ARROWS} needs a line in ARCHITECTURE.md first. */
    @ArchTest
    static final ArchRule arrowsOfTheHouse = classes()
            .that()
            .resideOutsideOfPackages("io.landfall.examples..", "io.landfall.e2e..", "io.landfall.benchmarks..")
            .should(dependOnlyOnModulesThatArrowsReach());

    /** Runs over all packages of a module at once, so it is a method and not a rule of single classes. */
    @ArchTest
    static void packagesFormNoCircle(JavaClasses classes) {
        SlicesRuleDefinition.slices()
                .matching("io.landfall.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
        SlicesRuleDefinition.slices()
                .matching("io.landfall.*.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }

    @ArchTest
    static final ArchRule packagesAreNullMarked =
            classes().should(resideInNullMarkedPackages()).because("NullAway checks only what is marked");

    private HouseRules() {}

    private static DescribedPredicate<JavaClass> inRootPackage() {
        return describe(
                "in a root package io.landfall.<module>",
                c -> isRootPackage(c.getPackageName())
                        && !c.getPackageName().matches("io\\.landfall\\.(house|examples|e2e|benchmarks)"));
    }

    private static DescribedPredicate<JavaClass> allowedInRootPackage() {
        return describe(
                "of the JDK, SLF4J, Micrometer, JSpecify or the root package itself",
                c -> isRootPackage(c.getPackageName())
                        || c.isPrimitive()
                        || c.getBaseComponentType().isPrimitive()
                        || c.getPackageName()
                                .matches(
                                        "(java|javax)\\..*|org\\.slf4j|io\\.micrometer\\.core\\..*|org\\.jspecify\\..*"));
    }

    private static ArchCondition<JavaClass> dependOnlyOnModulesThatArrowsReach() {
        return new ArchCondition<>("depend only on modules that the arrows of the house reach") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String from = module(item.getPackageName());
                Set<String> reached = ARROWS.getOrDefault(from, Set.of());
                for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                    String to = module(dependency.getTargetClass().getPackageName());
                    if (!to.isEmpty() && !to.equals(from) && !reached.contains(to)) {
                        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static String module(String packageName) {
        Matcher matcher = MODULE.matcher(packageName);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static boolean isRootPackage(String name) {
        return name.matches("io\\.landfall\\.[a-z]+");
    }

    private static ArchCondition<JavaClass> resideInNullMarkedPackages() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                if (!marked) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " is in an unmarked package"));
                }
            }
        };
    }
}
