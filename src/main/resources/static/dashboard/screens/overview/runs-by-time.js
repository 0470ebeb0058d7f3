/** How many runs succeeded, failed and were skipped, by time: of the last day. */
import {html, useMemo} from "htm/preact/standalone.module.js";
import {Chart} from "../../parts/chart.js";
import {Loaded} from "../../parts/states.js";
import {useEvents} from "../../events.js";
import {useLoad} from "../../rest.js";
import {seconds} from "../../time.js";
import {number} from "../../words.js";

const BUCKET = "PT15M";
const BUCKET_MILLISECONDS = 900_000;
const BUCKETS = 96;
const PERIOD_MILLISECONDS = 60_000;

/** Read once for all that shows it, and not at each event: it sums up all runs of a day. */
export function useLastDay() {
    const load = useLoad((client, signal) => {
        const until = Math.ceil(Date.now() / BUCKET_MILLISECONDS) * BUCKET_MILLISECONDS;
        return client.read("/statistics", {
            from: new Date(until - BUCKETS * BUCKET_MILLISECONDS).toISOString(), until: new Date(until).toISOString(), bucket: BUCKET,
        }, {signal});
    }, []);
    useEvents(load.reload, event => event.type === "run-ended", PERIOD_MILLISECONDS);
    return load;
}

export const RunsByTime = ({day, isFiltered}) => html`
    <section class="card runs-by-time" aria-labelledby="runs-title">
        <header><h2 id="runs-title">Runs per 15 min</h2><span class="faint">last 24 h${isFiltered && ", of all jobs"}</span></header>
        <div class="inside"><${Loaded} load=${day} what="runs">${statistics => html`<${Plot} statistics=${statistics} />`}<//></div>
    </section>`;

/** Stacked: what failed stands upon what succeeded, so that the height is all of them. */
function Plot({statistics}) {
    const {times, series, label} = useMemo(() => {
        const from = Date.parse(statistics.from) / 1000;
        const width = seconds(statistics.bucket);
        const found = new Map(statistics.buckets.map(bucket => [Math.round((Date.parse(bucket.start) / 1000 - from) / width), bucket]));
        const places = [...Array(BUCKETS).keys()];
        const of = name => places.map(place => found.get(place)?.[name] ?? 0);
        const [succeeded, failed, skipped] = ["succeeded", "failed", "skipped"].map(of);
        const add = (one, other) => one.map((value, place) => value + other[place]);
        const sum = values => values.reduce((total, value) => total + value, 0);
        return {
            times: places.map(place => from + place * width),
            series: [
                {label: "skipped", values: add(add(succeeded, failed), skipped), of: skipped, tone: "warn", isBar: true},
                {label: "failed", values: add(succeeded, failed), of: failed, tone: "bad", isBar: true},
                {label: "succeeded", values: succeeded, of: succeeded, tone: "good", isBar: true},
            ],
            label: `In the last 24 hours ${sum(succeeded)} runs succeeded, ${sum(failed)} failed, ${sum(skipped)} were skipped.`,
        };
    }, [statistics]);
    return html`<${Chart} times=${times} series=${series} height=${90} label=${label} format=${value => number(Math.round(value))} />`;
}
