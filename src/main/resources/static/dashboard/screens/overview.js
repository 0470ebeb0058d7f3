/** What is late, failing or running, in five seconds: counts that filter, a timeline, runs by time, and the jobs, the worst first. */
import {html, useEffect, useMemo, useState} from "htm/preact/standalone.module.js";
import {useActions} from "../actions.js";
import {useEvents} from "../events.js";
import {useQuery} from "../location.js";
import {Failure} from "../parts/states.js";
import {useClient, useLoad} from "../rest.js";
import {useSession} from "../session.js";
import {count} from "../words.js";
import {Counts} from "./overview/counts.js";
import {Filters, filterOf} from "./overview/filters.js";
import {JobTable} from "./overview/table.js";
import {RunsByTime, useLastDay} from "./overview/runs-by-time.js";
import {State} from "./overview/state.js";
import {Timeline} from "./overview/timeline.js";
import {useJobs} from "./overview/jobs.js";

const PERIOD_MILLISECONDS = 10_000;

export default function Overview() {
    const [query, change] = useQuery();
    const filter = useMemo(() => filterOf(query), [JSON.stringify(query)]);
    const jobs = useJobs(filter, query.sort ?? "condition");
    const counts = useLoad((client, signal) => client.read("/jobs:count", {...filter, condition: undefined}, {signal}), [filter]);
    const day = useLastDay();
    const actions = useActions(() => {
        jobs.refresh();
        counts.reload();
    });
    useEvents(counts.reload, () => true, 2_000);
    useEffect(() => {
        // Late is what comes of nothing happening.
        const timer = setInterval(counts.reload, PERIOD_MILLISECONDS);
        return () => clearInterval(timer);
    }, [counts.reload]);
    const {mayOperate, mayAdminister} = useSession();
    const isFiltered = Object.keys(filter).length > 0;
    return html`
        <h1 class="visually-hidden">Overview</h1>
        <${State} />
        <${Counts} counts=${counts.value} day=${day.value} condition=${query.condition} isFiltered=${isFiltered}
            choose=${condition => change({condition})} />
        <${Timeline} jobs=${jobs.shown} />
        <${RunsByTime} day=${day} isFiltered=${isFiltered} />
        <section class="card" aria-labelledby="jobs-title">
            <header>
                <h2 id="jobs-title">Jobs</h2>
                <span class="faint" role="status">${jobs.shown.length > 0
                    && count(counts.value?.conditions[query.condition] ?? counts.value?.jobs ?? jobs.shown.length, "job")}</span>
                <div class="end"><${Filters} query=${query} change=${change} />
                    ${mayOperate && html`<${Bulk} filter=${filter} actions=${actions} />`}
                    ${mayAdminister && html`<a class="button" href="/jobs/import">Import</a>
                        <a class="button primary" href="/jobs/new">New job</a>`}
                </div>
            </header>
            ${jobs.failure && html`<div class="inside"><${Failure} failure=${jobs.failure} retry=${jobs.refresh} /></div>`}
            <${JobTable} jobs=${jobs} sort=${query.sort} change=${change} actions=${actions} isFiltered=${isFiltered} />
        </section>
        ${actions.window}`;
}

/** What is done with all jobs that the filters choose: how many that are is found out first. */
function Bulk({filter, actions}) {
    const client = useClient();
    const [isBusy, setBusy] = useState(false);
    const act = async (path, ask) => {
        setBusy(true);
        try {
            const {body} = await client.send("POST", path, {query: {...filter, dryRun: true}, body: {}});
            ask(filter, body.changed);
        } finally {
            setBusy(false);
        }
    };
    return html`
        <button type="button" disabled=${isBusy} onClick=${() => act("/jobs:pause", actions.pauseMany)}>Pause all shown…</button>
        <button type="button" disabled=${isBusy} onClick=${() => act("/jobs:resume", actions.resumeMany)}>Resume…</button>`;
}
