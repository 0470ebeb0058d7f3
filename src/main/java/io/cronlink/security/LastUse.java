package io.cronlink.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** When something was used last is noted if it can be: who looks what is wrong with a database that takes no writes gets in. */
final class LastUse {

    private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);

    private LastUse() {}

    static void note(Runnable update) {
        try {
            update.run();
        } catch (DataAccessException refused) {
            LOG.debug("Not noted", refused);
        }
    }
}
