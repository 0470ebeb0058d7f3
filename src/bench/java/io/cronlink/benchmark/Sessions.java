package io.cronlink.benchmark;

import io.cronlink.database.Login;
import java.util.Objects;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

final class Sessions {

    private Sessions() {}

    static SingleConnectionDataSource open(Login login) {
        return new SingleConnectionDataSource(
                login.url(),
                Objects.requireNonNull(login.username()),
                Objects.requireNonNull(login.password()),
                true);
    }
}
