package io.cronlink;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Repository;

@AnalyzeClasses(packages = "io.cronlink", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String[] SHARED = {
        "io.cronlink.row..",
        "io.cronlink.http..",
        "io.cronlink.secret..",
        "io.cronlink.owner..",
        "io.cronlink.startup.."
    };

    @ArchTest
    static final ArchRule FEATURES_MEET_IN_THE_DATABASE_NOT_IN_JAVA = slices().matching("io.cronlink.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED))
            .ignoreDependency(
                    resideInAnyPackage(
                            "io.cronlink.daemon..",
                            "io.cronlink.migration..",
                            "io.cronlink.embedded..",
                            "io.cronlink.metrics..",
                            "io.cronlink.event.."),
                    resideInAPackage("io.cronlink.database.."))
            // The page says which scripts may run in it.
            .ignoreDependency(resideInAPackage("io.cronlink.security.."), resideInAPackage("io.cronlink.dashboard.."));

    @ArchTest
    static final ArchRule WHAT_IS_SHARED_KNOWS_NO_FEATURE = noClasses()
            .that()
            .resideInAnyPackage(SHARED)
            .should()
            .dependOnClassesThat(resideInAPackage("io.cronlink..").and(not(resideInAnyPackage(SHARED))));

    @ArchTest
    static final ArchRule WHAT_SERVES_ONE_FEATURE_IS_SEEN_BY_NO_OTHER = classes()
            .that()
            .areMetaAnnotatedWith(Controller.class)
            .or()
            .areAnnotatedWith(Repository.class)
            .should()
            .bePackagePrivate();

    /** Whoever forgets to close it keeps the session, and five such requests are the last. */
    @ArchTest
    static final ArchRule ROWS_ARE_READ_AS_LISTS =
            noClasses().should().callMethod(JdbcClient.MappedQuerySpec.class, "stream");

    @ArchTest
    static final ArchRule NULL_IS_MARKED = classes().should(new BeInANullMarkedPackage());

    @ArchTest
    static final ArchRule ONLY_THE_EMBEDDED_SERVER_UNPACKS_ARCHIVES = noClasses()
            .that()
            .resideOutsideOfPackage("io.cronlink.embedded")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.commons.compress..");

    private static final class BeInANullMarkedPackage extends ArchCondition<JavaClass> {

        BeInANullMarkedPackage() {
            super("be in a @NullMarked package");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
        }
    }
}
