/** A job's figures: how long it takes, how often it succeeds, and how that changed. */
import {html, useMemo} from "htm/preact/standalone.module.js";
import {useEvents} from "../../events.js";
import {useQuery} from "../../location.js";
import {Chart} from "../../parts/chart.js";
import {Empty, Loaded} from "../../parts/states.js";
import {useLoad} from "../../rest.js";
import {duration, seconds} from "../../time.js";
import {count, number, percent} from "../../words.js";

const SPANS = {"1": ["day", "PT30M"], "7": ["7 days", "PT3H"], "30": ["30 days", "PT12H"]};
const SPARSE = 16;
const DAY_MILLISECONDS = 86_400_000;

export function Statistics({job}) {
    const [query] = useQuery();
    const days = query.days in SPANS ? query.days : "7";
    const [words, bucket] = SPANS[days];
    const load = useLoad((client, signal) => client.read("/statistics", {
        jobid: job.jobid, bucket, from: new Date(Date.now() - days * DAY_MILLISECONDS).toISOString(),
    }, {signal}), [job.jobid, days]);
    useEvents(load.reload, event => event.type === "run-ended" && event.data.jobid === job.jobid, 5_000);
    const to = value => `/jobs/${job.jobid}?${new URLSearchParams({...query, days: value})}`;
    return html`
        <div class="bar subhead"><h3>The last ${words}</h3>
            <nav class="choices end" aria-label="Time of the figures">${Object.entries(SPANS).map(([value, [name]]) => html`
                <a href=${to(value)} aria-current=${value === days ? "true" : undefined}>${name}</a>`)}</nav></div>
        <${Loaded} load=${load} what="its figures">${statistics => statistics.buckets.length
            ? html`<${Figures} statistics=${statistics} />`
            : html`<${Empty} title="No run of that time is in the history." />`}<//>`;
}

/** As short as an axis needs it. */
const rough = value => value >= 3_600 ? `${Number((value / 3_600).toFixed(1))} h` : value >= 60 ? `${Number((value / 60).toFixed(1))} min`
    : duration(value);

const sum = (buckets, of) => buckets.reduce((total, bucket) => total + (of(bucket) ?? 0), 0);
const most = (buckets, of) => buckets.reduce((highest, bucket) => Math.max(highest, of(bucket) ?? 0), 0);

function Figures({statistics}) {
    const {buckets} = statistics;
    const [succeeded, failed, skipped] = ["succeeded", "failed", "skipped"].map(name => sum(buckets, bucket => bucket[name]));
    // A line needs neighbours.
    const isBar = buckets.length < SPARSE;
    const [times, p50, p95, good, bad, left] = useMemo(() => spread(statistics), [statistics]);
    return html`
        <dl class="tiles">
            <div><dt>succeeded</dt><dd><strong class="number">${percent(succeeded, succeeded + failed)}</strong>
                <span class="faint small">${count(succeeded, "run")}</span></dd></div>
            <div><dt>failed</dt><dd><strong class=${`number${failed ? " bad" : ""}`}>${number(failed)}</strong>
                <span class="faint small">${number(skipped)} skipped</span></dd></div>
            <div><dt>took at most</dt><dd><strong class="number">${duration(most(buckets, bucket => seconds(bucket.durationMax)))}</strong>
                <span class="faint small">95 in 100 of the worst
                    time ${duration(most(buckets, bucket => seconds(bucket.durationP95)))}</span></dd></div>
            <div><dt>started late by</dt><dd><strong class="number">${duration(most(buckets, bucket => seconds(bucket.delayP95)))}</strong>
                <span class="faint small">95 in 100, at the worst time</span></dd></div>
        </dl>
        <div class="inside stack">
            <h4>Duration of the runs that succeeded</h4>
            <${Chart} key=${isBar} label="Duration over time: half of the runs, and 95 in 100, took no longer" times=${times}
                format=${rough} height=${190}
                series=${[{label: "95 in 100 within", values: p95, tone: "warn", isBar},
                    {label: "half within", values: p50, tone: "good", isBar}]} />
            <h4>Runs</h4>
            <${Chart} label="Runs over time: succeeded, failed, skipped" times=${times} height=${130} format=${number}
                series=${[{label: "succeeded", values: good, tone: "good", isBar: true},
                    {label: "skipped", values: left, tone: "warn", isBar: true},
                    {label: "failed", values: bad, tone: "bad", isBar: true}]} />
        </div>`;
}

/** The times in which nothing was queued are not in the answer, and no line goes over them. */
function spread({from, until, bucket, buckets}) {
    const step = seconds(bucket);
    const [start, end] = [Date.parse(from) / 1000, Date.parse(until) / 1000];
    const known = new Map(buckets.map(one => [Math.round((Date.parse(one.start) / 1000 - start) / step), one]));
    const places = Array.from({length: Math.ceil((end - start) / step)}, (_, place) => place);
    const values = of => places.map(place => known.has(place) ? of(known.get(place)) : null);
    return [
        places.map(place => start + place * step),
        values(one => seconds(one.durationP50)),
        values(one => seconds(one.durationP95)),
        values(one => one.succeeded),
        values(one => one.failed || null),
        values(one => one.skipped || null),
    ];
}
