package io.cronlink.jobfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where the commands are that a file of jobs has in files beside it. */
@FunctionalInterface
interface CommandFiles {

    int LONGEST = 1 << 20;

    CommandFiles NONE = name -> {
        throw new IllegalArgumentException("is for files on a disk: put the text into command");
    };

    /** The text; an {@link IllegalArgumentException} says what is wrong with the name or the file. */
    String read(String name);

    /** Those in a folder and below it, and nothing that a name or a link leads to outside of it. */
    static CommandFiles in(Path folder) {
        return name -> {
            try {
                Path file = folder.resolve(name);
                if (Path.of(name).isAbsolute() || !file.normalize().startsWith(folder.normalize())) {
                    throw new IllegalArgumentException("must be a path below the folder of the file");
                }
                if (!Files.isRegularFile(file)) {
                    throw new IllegalArgumentException("is no file beside this one: " + name);
                }
                if (!file.toRealPath().startsWith(folder.toRealPath())) {
                    throw new IllegalArgumentException("must not lead out of the folder of the file");
                }
                if (Files.size(file) > LONGEST) {
                    throw new IllegalArgumentException("must have at most 1048576 bytes (1 MB): " + name);
                }
                return text(Files.readAllBytes(file), name);
            } catch (InvalidPathException noPath) {
                throw new IllegalArgumentException("is no path", noPath);
            } catch (IOException failure) {
                throw new IllegalArgumentException("cannot be read: " + name, failure);
            }
        };
    }

    /** Without the mark that some editors begin a file with, and the line break that all end it with. */
    private static String text(byte[] octets, String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString()
                    .replaceFirst("^\uFEFF", "")
                    .stripTrailing();
        } catch (CharacterCodingException other) {
            throw new IllegalArgumentException("must be UTF-8: " + name, other);
        }
    }
}
