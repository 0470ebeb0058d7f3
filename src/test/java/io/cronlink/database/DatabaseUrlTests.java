package io.cronlink.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cronlink.startup.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other programs write addresses in other ways. */
class DatabaseUrlTests {

    private static void check(String url) {
        DatabaseUrl.requireUsable(url, LoginSettings.DATASOURCE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            postgres://bob:s3cret@db.example.com:5433/app                    | jdbc:postgresql://db.example.com:5433/app                 | bob
            postgresql://bob:s3cret@db.example.com/app?sslmode=require&x=1   | jdbc:postgresql://db.example.com/app?sslmode=require      | bob
            postgresql://db.example.com/my%20app                             | jdbc:postgresql://db.example.com/my%20app                 | its user
            postgres://o%27brien@[::1]:5432/app                              | jdbc:postgresql://[::1]:5432/app                          | o'brien
            postgres://bob@one:5432,two:5433/app                             | jdbc:postgresql://one:5432,two:5433/app                   | bob
            postgres:///app                                                  | jdbc:postgresql://localhost/app                           | its user
            postgres://db.example.com/app?user=bob&password=s3cret           | jdbc:postgresql://db.example.com/app                      | its user
            jdbc:postgresql://bob:s3cret@db.example.com:5433/app             | jdbc:postgresql://db.example.com:5433/app                 | bob
            host=db.example.com port=5433 dbname=app user=bob password=s3cret| jdbc:postgresql://db.example.com:5433/app                 | bob
            host=a,b port=1,2 dbname='my app' user='o\\'brien' sslmode=require| jdbc:postgresql://a:1,b:2/my%20app?sslmode=require        | o'brien
            user=bob password='s3cret s3cret'                                | jdbc:postgresql://localhost/database                      | bob
            "postgres://bob:s3cret@db.example.com/app"                       | jdbc:postgresql://db.example.com/app                      | bob
            """)
    void areTranslatedWithoutThePassword(String url, String right, String user) {
        assertThatThrownBy(() -> check(url)).isInstanceOfSatisfying(CannotStart.class, refusal -> assertThat(
                        refusal.getMessage() + " " + refusal.remedy())
                .contains("Set SPRING_DATASOURCE_URL to " + right + ", SPRING_DATASOURCE_USERNAME to " + user + " and ")
                .doesNotContain("s3cret"));
    }

    /** Where the user ends and the password begins is anybody's guess. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://bob:s3/cret@db.example.com/app",
                "postgres://bob:s3?cret@db.example.com/app",
                "postgres://bob:s3@cret@db.example.com/app",
                "postgres://db.example.com/app?user=bob&password=s3@cret",
                "host=db.example.com password=s3'cret",
                "bob:s3cret@db.example.com",
                "db.example.com:5432/app",
                "jdbc:mysql://bob:s3cret@db.example.com/app",
            })
    void areNotRepeatedWhereTheyCannotBeRead(String url) {
        assertThatThrownBy(() -> check(url)).isInstanceOfSatisfying(CannotStart.class, refusal -> assertThat(
                        refusal.getMessage() + " " + refusal.remedy())
                .contains("jdbc:postgresql://host:5432/database")
                .doesNotContain("cret"));
    }

    @Test
    void areLeftAloneWhereTheyAreRight() {
        assertThatCode(() -> check("jdbc:postgresql://[::1]:5432/my%20app?sslmode=require"))
                .doesNotThrowAnyException();
    }
}
