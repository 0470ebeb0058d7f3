package io.cronlink.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import okhttp3.tls.HeldCertificate;

/** An authority of a test's own and a server's certificate that it has signed, as the PEM files that PostgreSQL and its clients read. */
public record TestCertificates(Path authority, Path certificate, Path key) {

    /**
     * Makes both in {@code folder}: {@code ca.crt}, {@code server.crt} and {@code server.key}. Who is connected to by a host
     * that is not named here, be it the same server's address, must refuse.
     */
    public static TestCertificates create(Path folder, String... hosts) {
        HeldCertificate authority = new HeldCertificate.Builder()
                .commonName("Authority " + UUID.randomUUID())
                .certificateAuthority(0)
                .build();
        HeldCertificate.Builder server =
                new HeldCertificate.Builder().commonName("Server of a test").signedBy(authority);
        for (String host : hosts) {
            server.addSubjectAlternativeName(host);
        }
        HeldCertificate signed = server.build();
        try {
            Files.createDirectories(folder);
            TestCertificates files = new TestCertificates(
                    folder.resolve("ca.crt"), folder.resolve("server.crt"), folder.resolve("server.key"));
            Files.writeString(files.authority, authority.certificatePem());
            Files.writeString(files.certificate, signed.certificatePem());
            // PostgreSQL takes no key that others can read.
            Files.createFile(
                    files.key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(files.key, signed.privateKeyPkcs8Pem());
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
