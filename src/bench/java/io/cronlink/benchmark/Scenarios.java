package io.cronlink.benchmark;

import io.cronlink.database.BenchmarkServer;
import java.util.ArrayList;
import java.util.List;

/** All there are, of those that are wanted. */
record Scenarios(BenchmarkServer server, Options options) {

    List<Scenario> of(ServerKind kind) {
        List<Scenario> all = all();
        all.removeIf(scenario -> scenario.kind() != kind || !options.wants(scenario.name()));
        return all;
    }

    private List<Scenario> all() {
        int seconds = options.seconds();
        boolean quick = options.quick();
        List<Scenario> all = new ArrayList<>();
        for (int jobs : quick ? List.of(100, 1_000) : List.of(100, 1_000, 10_000)) {
            all.add(new Burst(jobs));
        }
        all.add(new Roles(server, false));
        all.add(new Roles(server, true));
        all.add(new TopLevel());
        for (int jobs : List.of(1, 20, 100)) {
            all.add(new Punctuality(jobs, Punctuality.Added.TOGETHER, seconds));
        }
        all.add(new Punctuality(20, Punctuality.Added.SINGLY, seconds));
        all.add(new Punctuality(2_000, Punctuality.Added.SPREAD, seconds));
        all.add(new Sustained(server, seconds, quick, ServerKind.PLAIN));
        all.add(new Sustained(server, seconds, quick, ServerKind.SLOW_DISK));
        all.add(new FirstFire(server));
        for (int jobs : List.of(10, quick ? 10_000 : 100_000)) {
            all.add(new Idle(jobs, seconds));
        }
        all.add(new History(server, seconds, quick));
        all.add(new TickCost(quick));
        all.add(new ScheduleCost());
        all.add(new Rest(server, seconds, quick));
        all.add(new StartUp(server, options.minutes()));
        return all;
    }
}
