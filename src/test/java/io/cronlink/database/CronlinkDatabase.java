package io.cronlink.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the test class a migrated database of its own, as a {@link TestDatabase} parameter of its constructor, its methods or
 * its {@code @BeforeAll}/{@code @BeforeEach} methods. It is dropped, its daemons stopped, when the class is done.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(TestDatabaseExtension.class)
public @interface CronlinkDatabase {

    /** Whether its server has to reach what the test opens on this machine, which one in a container does not. */
    boolean onThisMachine() default false;
}
