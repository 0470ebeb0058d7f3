package io.cronlink.secret;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What whoever shows it has: {@code cronlink_}, 256 random bits, and a checksum, so that programs that look for leaked secrets
 * find it, and what was mistyped or made up need not be looked for. Only its hash is kept: there is nothing in it to be guessed, so
 * a fast one does.
 */
public record BearerSecret(String text) {

    public static final String PREFIX = "cronlink_";

    private static final String HMAC = "HmacSHA256";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int BITS = 256;

    /** 62⁴³ > 2²⁵⁶, 62⁶ > 2³² */
    private static final int LENGTH = 43;

    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (LENGTH + CHECKSUM_LENGTH) + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public static BearerSecret create() {
        String random = text(new BigInteger(BITS, RANDOM), LENGTH);
        return new BearerSecret(PREFIX + random + checksum(random));
    }

    /** Empty if it cannot be one. */
    public static Optional<BearerSecret> parse(String text) {
        return FORM.matcher(text).matches()
                        && text.endsWith(checksum(text.substring(PREFIX.length(), PREFIX.length() + LENGTH)))
                ? Optional.of(new BearerSecret(text))
                : Optional.empty();
    }

    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What only who has the secret can make of {@code message}: HMAC-SHA-256. */
    public byte[] sign(String message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), HMAC));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String checksum(String random) {
        CRC32 checksum = new CRC32();
        checksum.update(random.getBytes(StandardCharsets.US_ASCII));
        return text(BigInteger.valueOf(checksum.getValue()), CHECKSUM_LENGTH);
    }

    private static String text(BigInteger number, int length) {
        StringBuilder digits = new StringBuilder(length);
        for (BigInteger rest = number; digits.length() < length; rest = rest.divide(BASE)) {
            digits.append(DIGITS.charAt(rest.mod(BASE).intValue()));
        }
        return digits.toString();
    }

    /** It must not reach a log by way of a record's text. */
    @Override
    public String toString() {
        return "BearerSecret[]";
    }
}
