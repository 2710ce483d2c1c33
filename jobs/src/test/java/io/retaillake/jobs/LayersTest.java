package io.retaillake.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.retaillake.common.registry.LakeModule;
import io.retaillake.common.run.Job;

@AnalyzeClasses(
        packages = "io.retaillake",
        importOptions = {ImportOption.DoNotIncludeTests.class, LayersTest.DoNotIncludeTestJars.class})
class LayersTest {

    /** Other modules' tests, whose fixtures are used here. */
    static final class DoNotIncludeTestJars implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule NO_LAYER_USES_ANOTHER =
            slices().matching("io.retaillake.jobs.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule NO_IDEAS_OF_COMMON_NEED_EACH_OTHER =
            slices().matching("io.retaillake.common.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_IDEAS_OF_OPERATIONS_NEED_EACH_OTHER =
            slices().matching("io.retaillake.jobs.ops.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_COLUMN_ENGINE_KNOWS_NOTHING_OF_THE_PROJECT = noClasses()
            .that()
            .resideInAPackage("io.retaillake.common.columnar..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.retaillake..").and(resideOutsideOfPackage("io.retaillake.common.columnar..")));

    @ArchTest
    static final ArchRule COMMON_USES_NOBODY = noClasses()
            .that()
            .resideInAPackage("io.retaillake.common..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.retaillake.jobs..", "io.retaillake.source..");

    @ArchTest
    static final ArchRule THE_SOURCE_KNOWS_NO_SPARK = noClasses()
            .that()
            .resideInAPackage("io.retaillake.source..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "io.retaillake.jobs..");

    @ArchTest
    static final ArchRule JOBS_AND_WHAT_LISTS_THEM_ARE_THE_ONLY_PUBLIC_CLASSES_OF_A_LAYER = classes()
            .that()
            .resideInAPackage("io.retaillake.jobs..")
            .and()
            .resideOutsideOfPackage("io.retaillake.jobs.ops..")
            .and()
            .arePublic()
            .should()
            .implement(Job.class)
            .orShould()
            .implement(LakeModule.class)
            .orShould()
            .haveSimpleName("RetailJobs");
}
