package io.cronlink.security;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes of one strength. To compare with one that is configured and weaker costs as much as with all others, and as with none:
 * the time that an answer takes tells nobody which names there are.
 */
final class Passwords implements PasswordEncoder {

    private static final String BCRYPT_ID = "{bcrypt}";
    private static final String PLAIN_ID = "{noop}";
    private static final Pattern BCRYPT = Pattern.compile("\\{bcrypt}(\\$2[aby]?\\$(\\d\\d)\\$[./0-9A-Za-z]{53})");

    private static final int STRENGTH = 10;

    /** Each step doubles the work: more than this takes seconds. */
    private static final int STRONGEST = 15;

    private static final int WEAKEST = 4;

    /** All that bcrypt looks at. */
    private static final int LONGEST = 72;

    /** Salt and hash of no password. */
    private static final String NOBODY = "abcdefghijklmnopqrstuu" + "abcdefghijklmnopqrstuvwxyz01234";

    private final int strength;
    private final BCryptPasswordEncoder encoder;

    private Passwords(int strength) {
        this.strength = strength;
        encoder = new BCryptPasswordEncoder(strength);
    }

    /** As strong as the strongest of these configured passwords, and never weaker than is good. */
    static Passwords forAll(Collection<String> configured) {
        return new Passwords(configured.stream().mapToInt(Passwords::strength).reduce(STRENGTH, Math::max));
    }

    /**
     * The hash of a password as it is configured: {@code {bcrypt}…} is one already, anything else is plain.
     *
     * @throws UnusablePassword which says of whom, and never the password
     */
    String hash(String name, String password) {
        if (!password.startsWith("{")) {
            return encode(name, password);
        }
        if (password.startsWith(PLAIN_ID)) {
            return encode(name, password.substring(PLAIN_ID.length()));
        }
        int own = strength(password);
        if (own < WEAKEST || own > STRONGEST) {
            throw new UnusablePassword(
                    name,
                    "is neither plain nor {bcrypt} with a hash of strength 4 to 15; a plain one that begins with a brace is"
                            + " written {noop}{…");
        }
        return password;
    }

    private String encode(String name, String password) {
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new UnusablePassword(name, "is longer than the " + LONGEST + " bytes that bcrypt looks at");
        }
        return encode(password);
    }

    @Override
    public String encode(@Nullable CharSequence password) {
        return BCRYPT_ID + encoder.encode(password);
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        Matcher bcrypt = BCRYPT.matcher(String.valueOf(hash));
        if (!bcrypt.matches()) {
            return false;
        }
        boolean matches = encoder.matches(password, bcrypt.group(1));
        // 2ⁿ + (2ⁿ + … + 2ᵐ⁻¹) = 2ᵐ
        for (int missing = Integer.parseInt(bcrypt.group(2)); missing < strength; missing++) {
            encoder.matches(password, String.format(Locale.ROOT, "$2a$%02d$", missing) + NOBODY);
        }
        return matches;
    }

    /** 0 if it is no hash. */
    private static int strength(String password) {
        Matcher bcrypt = BCRYPT.matcher(password);
        int strength = bcrypt.matches() ? Integer.parseInt(bcrypt.group(2)) : 0;
        return strength > STRONGEST ? 0 : strength;
    }
}
