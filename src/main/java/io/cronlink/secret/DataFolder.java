package io.cronlink.secret;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The folder in which the service keeps what must outlive it: generated secrets and the embedded server. */
public record DataFolder(Path path) {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int SECRET_LENGTH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    public DataFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** The secret kept under this name; made when it is asked for the first time. */
    public String secret(String name) {
        Path file = resolve(name);
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            String secret = newSecret();
            write(name, secret + "\n");
            return secret;
        } catch (IOException failure) {
            throw new UnusableDataFolder(path, failure);
        }
    }

    /** Replaces a file in one step; nobody but the service's own user can read it, not even for a moment. */
    public Path write(String name, String content) {
        Path file = resolve(name);
        try {
            Files.createDirectories(path);
            Path draft = Files.createTempFile(
                    path,
                    name,
                    ".draft",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, content);
            try {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException unsupported) {
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return file;
        } catch (IOException failure) {
            throw new UnusableDataFolder(path, failure);
        }
    }

    public static String newSecret() {
        return RANDOM.ints(SECRET_LENGTH, 0, ALPHABET.length())
                .collect(
                        StringBuilder::new,
                        (text, letter) -> text.append(ALPHABET.charAt(letter)),
                        StringBuilder::append)
                .toString();
    }
}
