package io.cronlink.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cronlink.database.CrashableServer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * G1 to G5 and G9 under fire. How long, and with what seed, say the system properties {@code faults.duration} (seconds) and
 * {@code faults.seed}; a seed repeats the same faults in the same order, though not to the millisecond.
 */
@Tag("faults")
class FaultTests {

    @Test
    void leaveNoDiscrepancy() {
        inject(fault -> true, reconciliation -> {});
    }

    /** G5 for the roles that do no harm: those that do may have their own runs late. */
    @Test
    void ofAHostileRoleDelayNobodyElse() {
        inject(Fault::isAttack, reconciliation -> assertThat(reconciliation.delayOfTheInnocent())
                .isLessThan(Duration.ofSeconds(1)));
    }

    @SuppressWarnings("SystemOut")
    private static void inject(Predicate<Fault> faults, Consumer<Reconciliation> check) {
        Duration duration = Duration.ofSeconds(Long.getLong("faults.duration", 30));
        long seed = Long.getLong("faults.seed", System.nanoTime() % 1_000_000);
        System.out.println("faults: seed " + seed + ", " + duration.toSeconds() + " s");
        try (CrashableServer server = CrashableServer.start()) {
            Session owner = new Session(server.owner());
            Session superuser = new Session(server.superuser());
            Reconciliation reconciliation = new Reconciliation(owner, superuser);
            Workload.prepare(server, superuser, owner);
            try (Injector injector = new Injector(server, seed, faults)) {
                injector.injectUntil(Instant.now().plus(duration));
                injector.rest();
                reconciliation.awaitTheEndOfAllRuns();
                injector.stopServices();
                reconciliation.awaitNothingLeft();
                reconciliation.checkRules();
                System.out.println(reconciliation.table());
                System.out.println(reconciliation.failures());
                System.out.printf(
                        "faults: seed %d, %d faults %s, %d discrepancies, the innocent started %s late (p99)%n",
                        seed,
                        injector.done().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        injector.done(),
                        reconciliation.discrepancies().size(),
                        reconciliation.delayOfTheInnocent());
            }
            assertThat(reconciliation.discrepancies()).isEmpty();
            check.accept(reconciliation);
        }
    }
}
