package io.landfall.shutdown;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.landfall.house.HouseRules;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.landfall.shutdown", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    /** A wall clock that jumps must neither cut a call nor hold up a drain. */
    @ArchTest
    static final ArchRule timeIsToldByTheMonotonicClock = noClasses()
            .that()
            // It tells Dubbo a time of day, because that is what Dubbo asks for, as an upper limit only.
            .doNotHaveSimpleName("DubboDrain")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class);
}
