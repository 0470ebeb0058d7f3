package io.cronlink.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cronlink.embedded.Binaries;
import io.cronlink.embedded.EmbeddedDatabase;
import io.cronlink.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A server of a test's own, set up like one that a vendor hosts: its pg_hba.conf, its roles, and an administrator who is no
 * superuser. It is reached at an address of this machine's network, as a hosted one is, and at 127.0.0.1 too if so set.
 */
public final class VendorServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresServer server;
    private final Path folder;
    private final int port;
    private final String address;
    private final Login superuser;

    private VendorServer(PostgresServer server, Path folder, int port, String address, Login superuser) {
        this.server = server;
        this.folder = folder;
        this.port = port;
        this.address = address;
        this.superuser = superuser;
    }

    /** @param superuser the role that is the vendor's own and that no customer gets */
    public static Setup whoseSuperuserIs(String superuser) {
        return new Setup(superuser);
    }

    /** What is decided before the server starts. */
    public static final class Setup {

        private final String superuser;
        private final List<String> hba = new ArrayList<>();
        private final Map<String, String> settings = new LinkedHashMap<>(
                Map.of("unix_socket_directories", "", "fsync", "off", "log_line_prefix", "%m [%p] %d %u %r %a "));
        private final List<String> trusted = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final List<String> template = new ArrayList<>();
        private List<String> tlsNames = List.of();
        // Reached from the network for a moment: a password that nobody guesses.
        private String password = UUID.randomUUID().toString();
        private boolean loopback = true;

        private Setup(String superuser) {
            this.superuser = superuser;
        }

        /** For a superuser that is the customer's. */
        public Setup password(String value) {
            password = value;
            return this;
        }

        /** Lines of pg_hba.conf, after one by which the test gets in. */
        public Setup hba(String... lines) {
            hba.addAll(List.of(lines));
            return this;
        }

        public Setup setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /**
         * Extensions that members of this role may create, which PostgreSQL leaves to superusers. As with the vendors' own ways,
         * what is in them belongs to the superuser.
         */
        public Setup trusted(String administrators, String... extensions) {
            trusted.addAll(List.of(extensions));
            return everywhere("CREATE ROLE " + administrators, """
                    CREATE FUNCTION public.only_administrators() RETURNS event_trigger LANGUAGE plpgsql AS $body$
                    BEGIN
                        IF NOT pg_has_role(SESSION_USER, '%s', 'MEMBER') THEN
                            RAISE EXCEPTION 'permission denied to create extension' USING ERRCODE = '42501';
                        END IF;
                    END
                    $body$
                    """.formatted(administrators), """
                    CREATE EVENT TRIGGER only_administrators ON ddl_command_start
                    WHEN TAG IN ('CREATE EXTENSION') EXECUTE FUNCTION public.only_administrators()
                    """);
        }

        /** The vendor hands the wrappers on to its administrators' role; dblink's not in databases that are called strict. */
        public Setup wrappersAreGrantedTo(String role) {
            return afterCreateExtension("""
                    IF EXISTS (SELECT FROM pg_foreign_data_wrapper WHERE fdwname = 'dblink_fdw') AND current_database() !~ 'strict' THEN
                        GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO %1$s WITH GRANT OPTION;
                    END IF;
                    IF EXISTS (SELECT FROM pg_foreign_data_wrapper WHERE fdwname = 'postgres_fdw') THEN
                        GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO %1$s WITH GRANT OPTION;
                    END IF;
                    """.formatted(role));
        }

        /** What the vendor does by itself, with the superuser's rights, after each CREATE EXTENSION. */
        public Setup afterCreateExtension(String body) {
            return everywhere("""
                    CREATE FUNCTION public.after_create_extension() RETURNS event_trigger
                    LANGUAGE plpgsql SECURITY DEFINER AS $body$
                    BEGIN
                    %s
                    END
                    $body$
                    """.formatted(body), """
                    CREATE EVENT TRIGGER after_create_extension ON ddl_command_end
                    WHEN TAG IN ('CREATE EXTENSION') EXECUTE FUNCTION public.after_create_extension()
                    """);
        }

        /** Run by the superuser for all databases that are made later. */
        public Setup everywhere(String... statements) {
            template.addAll(List.of(statements));
            return this;
        }

        /** Extensions that are not there. */
        public Setup without(String... extensions) {
            missing.addAll(List.of(extensions));
            return this;
        }

        /** With a certificate for these names, signed by an authority that nobody trusts unless told to. */
        public Setup tls(String... names) {
            tlsNames = List.of(names);
            return this;
        }

        /** Listens at the network's address only. */
        public Setup notAtLocalhost() {
            loopback = false;
            return this;
        }

        public VendorServer start() {
            try {
                return create();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private VendorServer create() throws IOException {
            Path target = Path.of("target").toAbsolutePath();
            Binaries original = Binaries.unpack(target.resolve("postgresql-" + EmbeddedDatabase.version()));
            Path folder = Files.createTempDirectory(target, "vendor-server-");
            Binaries binaries =
                    trusted.isEmpty() && missing.isEmpty() ? original : patched(original, folder.resolve("binaries"));
            String address = ownAddress();
            settings.put("listen_addresses", loopback ? "127.0.0.1," + address : address);
            if (!tlsNames.isEmpty()) {
                TestCertificates certificates =
                        TestCertificates.create(folder.resolve("tls"), tlsNames.toArray(String[]::new));
                settings.put("ssl", "on");
                settings.put("ssl_cert_file", certificates.certificate().toString());
                settings.put("ssl_key_file", certificates.key().toString());
            }
            Path passwordFile = Files.writeString(folder.resolve("password"), password);
            PostgresServer server = new PostgresServer(binaries, folder.resolve("data"));
            server.create(passwordFile, settings);
            Path data = folder.resolve("data");
            Path hbaFile = data.resolve("pg_hba.conf");
            Files.writeString(hbaFile, "host all all " + address + "/32 scram-sha-256\n");
            int port = PostgresServer.freePort();
            server.start(port);
            try {
                return setUp(server, folder, port, address);
            } catch (IOException | RuntimeException failure) {
                server.stop();
                throw failure;
            }
        }

        private VendorServer setUp(PostgresServer server, Path folder, int port, String address) throws IOException {
            Login superuser = rename(address, port);
            Path hbaFile = folder.resolve("data").resolve("pg_hba.conf");
            List<String> lines = new ArrayList<>();
            lines.add("host all " + superuser.username() + " " + address + "/32 scram-sha-256");
            lines.addAll(hba);
            Files.write(hbaFile, lines, UTF_8);
            VendorServer vendor = new VendorServer(server, folder, port, address, superuser);
            vendor.execute("template1", template.toArray(String[]::new));
            vendor.execute("postgres", "SELECT pg_reload_conf()");
            return vendor;
        }

        /** The first superuser owns what trusted extensions make, so it is this one that has to be the vendor's. */
        private Login rename(String address, int port) {
            Login initial = new Login(url(address, port, "postgres"), PostgresServer.SUPERUSER, password);
            if (superuser.equals(PostgresServer.SUPERUSER)) {
                return initial;
            }
            Login renamed = new Login(initial.url(), superuser, password);
            OwnServers.execute(initial, "CREATE ROLE renamer LOGIN SUPERUSER PASSWORD '" + password + "'");
            OwnServers.execute(
                    new Login(initial.url(), "renamer", password),
                    "ALTER ROLE postgres RENAME TO \"" + superuser + "\"");
            OwnServers.execute(renamed, "DROP ROLE renamer");
            return renamed;
        }

        private Binaries patched(Binaries original, Path folder) throws IOException {
            try (Stream<Path> files = Files.walk(original.folder())) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Path copy =
                            folder.resolve(original.folder().relativize(file).toString());
                    if (Files.isSymbolicLink(file)) {
                        Files.createSymbolicLink(copy, Files.readSymbolicLink(file));
                    } else if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else if (isMissing(file)) {
                        continue;
                    } else if (isTrusted(file)) {
                        Files.writeString(copy, Files.readString(file) + "\ntrusted = true\n");
                    } else {
                        Files.createLink(copy, file);
                    }
                }
            }
            return new Binaries(folder);
        }

        private boolean isTrusted(Path file) {
            return trusted.stream().anyMatch(name -> file.endsWith(name + ".control"));
        }

        private boolean isMissing(Path file) {
            return missing.stream().anyMatch(name -> file.endsWith(name + ".control"));
        }
    }

    /** The certificate of the authority, readable here as well as for the server. */
    public Path rootCertificate() {
        return folder.resolve("tls").resolve("ca.crt");
    }

    /** A line of pg_hba.conf more. */
    public void addHba(String line) {
        try {
            Files.writeString(folder.resolve("data").resolve("pg_hba.conf"), line + "\n", StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        execute("postgres", "SELECT pg_reload_conf()");
    }

    /** What the server has written until now. */
    public String log() {
        try {
            return Files.readString(folder.resolve("data").resolve("start.log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String address() {
        return address;
    }

    public int port() {
        return port;
    }

    public Login login(String database, String username, String password) {
        return new Login(url(address, port, database), username, password);
    }

    /** As the superuser, each statement on its own. */
    public void execute(String database, String... statements) {
        Login login = new Login(url(address, port, database), superuser.username(), superuser.password());
        OwnServers.execute(login, statements);
    }

    /** An address of this machine by which a connection to itself also comes from it, and not from 127.0.0.1. */
    private static String ownAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .filter(address -> !address.isLoopbackAddress())
                    .filter(VendorServer::leadsBack)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "this machine has no network: a hosted server is at another address than 127.0.0.1"));
        } catch (SocketException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean leadsBack(InetAddress address) {
        try (ServerSocket server = new ServerSocket(0, 1, address);
                Socket client = new Socket(address, server.getLocalPort());
                Socket seen = server.accept()) {
            // As the server sees it: what containers use may be translated on the way.
            return client.isConnected() && seen.getInetAddress().equals(address);
        } catch (IOException unreachable) {
            return false;
        }
    }

    private static String url(String address, int port, String database) {
        return "jdbc:postgresql://" + address + ":" + port + "/" + database;
    }

    @Override
    public void close() {
        OwnServers.remove(server, folder);
    }
}
