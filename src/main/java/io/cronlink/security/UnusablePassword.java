package io.cronlink.security;

/** With a password of the configuration nobody could log in. */
class UnusablePassword extends RuntimeException {

    UnusablePassword(String name, String why) {
        super("the password of user \"" + name + "\" " + why);
    }
}
