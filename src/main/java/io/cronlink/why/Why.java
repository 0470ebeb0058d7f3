package io.cronlink.why;

import java.util.List;

/**
 * A page of facts about a job, see cron.why().
 *
 * @param now what it waits for
 * @param fires what each of its fires became, the latest first
 * @param costs what its runs cost
 */
record Why(long jobid, List<Fact> now, List<Fact> fires, List<Fact> costs) {

    static Why of(long jobid, List<Fact> facts) {
        return new Why(jobid, section(facts, "now"), section(facts, "fires"), section(facts, "costs"));
    }

    private static List<Fact> section(List<Fact> facts, String name) {
        return facts.stream().filter(fact -> fact.section().equals(name)).toList();
    }
}
