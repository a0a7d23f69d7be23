package io.landfall.benchmarks;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.landfall.house.HouseRules;

@AnalyzeClasses(
        packages = "io.landfall.benchmarks",
        importOptions = {ImportOption.DoNotIncludeTests.class, HouseTest.NotWhatJmhWrites.class})
class HouseTest {
    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    static final class NotWhatJmhWrites implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("jmh_generated");
        }
    }
}
