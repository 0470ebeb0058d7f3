package io.cronlink.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CronlinkDatabase;
import io.cronlink.database.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What libpq and servers of other languages have said. */
@Tag("engine")
@CronlinkDatabase
class LoginFaultTests {

    private final TestDatabase database;

    LoginFaultTests(TestDatabase database) {
        this.database = database;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            refused     | connection to server at "127.0.0.1", port 5432 failed: FATAL:  password authentication failed for user "o'brien"
            refused     | Verbindung zum Server auf »127.0.0.1«, Port 5432 fehlgeschlagen: FATAL:  Passwort-Authentifizierung für Benutzer »o'brien« fehlgeschlagen
            refused     | la connexion au serveur sur « 127.0.0.1 », port 5432 a échoué : FATAL:  authentification par mot de passe échouée pour l'utilisateur  « o'brien »
            refused     | подключиться к серверу "127.0.0.1", порту 5432 не удалось: ВАЖНО:  пользователь "o'brien" не прошёл проверку подлинности (по паролю)
            refused     | "127.0.0.1"、ポート5432のサーバーへの接続に失敗しました: FATAL:  ユーザー"o'brien"のパスワード認証に失敗しました
            refused     | Verbindung zum Server auf »127.0.0.1«, Port 5432 fehlgeschlagen: FATAL:  Rolle »o'brien« hat keine Berechtigung zum Einloggen
            refused     | "127.0.0.1"、ポート5432のサーバーへの接続に失敗しました: FATAL:  ロール"o'brien"はログインが許可されません
            refused     | connection to server at "127.0.0.1", port 5432 failed: FATAL:  no pg_hba.conf entry for host "127.0.0.1", user "o'brien", database "app", no encryption
            refused     | подключиться к серверу "127.0.0.1", порту 5432 не удалось: ВАЖНО:  в pg_hba.conf нет записи для компьютера "127.0.0.1", пользователя "o'brien", базы "app", без шифрования
            refused     | connection to server at "127.0.0.1", port 5432 failed: FATAL:  connection requires a valid client certificate
            tls         | connection to server at "127.0.0.1", port 5432 failed: SSL error: certificate verify failed
            tls         | Verbindung zum Server auf »127.0.0.1«, Port 5432 fehlgeschlagen: SSL-Fehler: certificate verify failed
            tls         | Verbindung zum Server auf »127.0.0.1«, Port 5432 fehlgeschlagen: Server unterstützt kein SSL, aber SSL wurde verlangt
            tls         | Verbindung zum Server auf »127.0.0.1«, Port 5432 fehlgeschlagen: Server-Zertifikat für »db.example.com« stimmt nicht mit dem Hostnamen »127.0.0.1« überein
            tls         | "127.0.0.1"、ポート5432のサーバーへの接続に失敗しました: サーバーはSSLをサポートしていませんが、SSLが要求されました
            unreachable | connection to server at "127.0.0.1", port 5432 failed: Connection refused
            unreachable | Verbindung zum Server auf »127.0.0.1«, Port 5432 fehlgeschlagen: Verbindungsaufbau abgelehnt
            unreachable | la connexion au serveur sur « 127.0.0.1 », port 5432 a échoué : Connexion refusée
            unreachable | "127.0.0.1"、ポート5432のサーバーへの接続に失敗しました: 接続を拒否されました
            unreachable | connection to server at "127.0.0.1", port 5432 failed: timeout expired
            unreachable | could not translate host name "127.0.0.1" to address: Name or service not known
            unreachable | konnte Hostnamen »127.0.0.1« nicht in Adresse übersetzen: Der Name oder der Dienst ist nicht bekannt
            """)
    void isRecognizedInAnyLanguage(String fault, String message) {
        assertThat(fault(message, "o'brien", "127.0.0.1")).isEqualTo(fault);
    }

    /** Names are looked for, and may have any of the words in them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            unreachable | a         | SSL.example.com  | connection to server at "SSL.example.com" (10.0.0.1), port 5432 failed: Connection refused
            tls         | a         | db.example.com   | connection to server at "db.example.com" (10.0.0.1), port 5432 failed: SSL error: certificate verify failed
            refused     | a+b(c     | db.example.com   | connection to server at "db.example.com" (10.0.0.1), port 5432 failed: FATAL:  role "a+b(c" is not permitted to log in
            refused     | SSL       | certificate      | connection to server at "certificate" (10.0.0.1), port 5432 failed: FATAL:  password authentication failed for user "SSL"
            """)
    void isNotConfusedByNames(String fault, String username, String host, String message) {
        assertThat(fault(message, username, host)).isEqualTo(fault);
    }

    private String fault(String message, String username, String host) {
        return database.owner()
                .sql("SELECT cron_engine.login_fault(?, ?, ?, '5432')")
                .params(message, username, host)
                .query(String.class)
                .single();
    }
}
