package io.retaillake.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.retaillake.common.job.Job;
import io.retaillake.common.registry.LakeModule;

@AnalyzeClasses(packages = "io.retaillake", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule NO_LAYER_USES_ANOTHER =
            slices().matching("io.retaillake.jobs.(*)..").should().notDependOnEachOther();

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
    static final ArchRule JOBS_AND_WHAT_LISTS_THEM_ARE_THE_ONLY_PUBLIC_CLASSES = classes()
            .that()
            .resideInAPackage("io.retaillake.jobs..")
            .and()
            .arePublic()
            .should()
            .implement(Job.class)
            .orShould()
            .implement(LakeModule.class)
            .orShould()
            .haveSimpleName("RetailJobs");
}
