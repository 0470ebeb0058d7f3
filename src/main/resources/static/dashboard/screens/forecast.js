/** What is going to fire together, whom the limits will keep waiting, and how to spread it. */
import {html, useMemo} from "htm/preact/standalone.module.js";
import {useEvents} from "../events.js";
import {useQuery} from "../location.js";
import {Loaded} from "../parts/states.js";
import {useLoad} from "../rest.js";
import {useScheduler} from "../scheduler.js";
import {clock, day, useNow} from "../time.js";
import {count, number} from "../words.js";
import {Bars} from "./forecast/bars.js";
import {Limits} from "./forecast/limits.js";
import {Peaks} from "./forecast/peaks.js";

const HOUR = 3_600_000;
const DAYS = [["", 1, "24 hours"], ["7", 7, "7 days"]];

/** The hour that it is, as the viewer's clock has it. */
function thisHour(now) {
    const hour = new Date(now);
    hour.setMinutes(0, 0, 0);
    return hour.getTime();
}

const iso = time => new Date(time).toISOString();

export default function Forecast() {
    const [query, setQuery] = useQuery();
    const days = query.days === "7" ? 7 : 1;
    const from = thisHour(useNow(30_000));
    const load = useLoad((client, signal) =>
        client.read("/forecast", {from: iso(from), until: iso(from + days * 24 * HOUR)}, {signal}), [from, days]);
    useEvents(load.reload, event => event.type.startsWith("job-") || event.type === "settings-changed", 5_000);
    const {value: scheduler} = useScheduler();
    return html`
        <div class="bar forecast">
            <h1>Forecast</h1>
            <span class="choice" role="group" aria-label="How far">${DAYS.map(([value, length, words]) => html`
                <button type="button" aria-pressed=${days === length} onClick=${() => setQuery({days: value, hour: ""})}>
                    ${words}</button>`)}</span>
            <p class="faint small end">How long a run takes is expected from the job's last ten.</p>
        </div>
        ${scheduler?.paused && html`<div class="notice warn"><p>Everything is paused: nothing of this happens before somebody
            <a href="/settings/scheduler">resumes it</a>.</p></div>`}
        <${Loaded} load=${load} what="the forecast">${forecast => html`
            <${Outlook} forecast=${forecast} days=${days} chosen=${Date.parse(query.hour)}
                choose=${hour => setQuery({hour: Date.parse(hour) === Date.parse(query.hour) ? "" : hour})} />`}<//>`;
}

/** What 60 minutes come to: sums add up, what is at most stays so. */
function byHour(buckets, width) {
    const hours = [];
    const each = Math.max(1, HOUR / width);
    for (let start = 0; start < buckets.length; start += each) {
        const part = buckets.slice(start, start + each);
        hours.push({
            start: part[0].start,
            fires: part.reduce((sum, one) => sum + one.fires, 0),
            together: Math.max(...part.map(one => one.together)),
            running: Math.max(...part.map(one => one.running)),
        });
    }
    return hours;
}

function Outlook({forecast, days, chosen, choose}) {
    const hours = useMemo(() => byHour(forecast.buckets, days === 1 ? 60_000 : HOUR), [forecast, days]);
    const most = forecast.limits.find(limit => limit.kind === "all").most;
    const waiting = forecast.limits.filter(limit => limit.over !== "PT0S");
    const busiest = forecast.peaks[0];
    if (forecast.jobs === 0) {
        return html`<div class="card empty"><p class="strong">Nothing fires by time in the next ${days === 1 ? "24 hours" : "7 days"}.</p>
            <p>Jobs that follow others, or that are paused, are not foretold.</p></div>`;
    }
    const choice = hours.find(hour => Date.parse(hour.start) === chosen);
    return html`
        <div class="figures">
            <div class="card figure"><p class="faint small">Fires</p><p class="big">${number(forecast.fires)}</p>
                <p class="faint small">of ${count(forecast.jobs, "job")}</p></div>
            <div class="card figure"><p class="faint small">At one moment</p>
                <p class="big ${busiest?.count >= 10 ? "warn" : ""}">${busiest ? count(busiest.count, "job") : "1 job"}</p>
                <p class="faint small">${busiest ? `at ${clock(busiest.at)}, ${day(busiest.at)}` : "no two start together"}</p></div>
            <div class="card figure"><p class="faint small">Run side by side</p>
                <p class="big ${Math.max(...hours.map(hour => hour.running)) > most ? "warn" : ""}">
                ${number(Math.max(...hours.map(hour => hour.running)))}</p>
                <p class="faint small">at most, if they might; ${number(most)} may</p></div>
            <div class="card figure"><p class="faint small">Will wait for a place</p>
                <p class="big ${waiting.length ? "warn" : "good"}">${waiting.length ? count(waiting.length, "limit") : "nobody"}</p>
                <p class="faint small">${waiting.length ? "reached, see below" : "no limit is reached"}</p></div>
        </div>
        <section class="card">
            <header><h2>By the hour</h2><span class="faint small">choose one to see its minutes</span>
                <span class="end small"><span class="keyed"><span class="key together"></span> start at one moment, at most</span>
                    <span class="keyed"><span class="key running"></span> run side by side, at most</span></span></header>
            <${Bars} parts=${hours} limit=${most} chosen=${chosen} choose=${choose} isWeek=${days === 7} />
        </section>
        ${choice ? html`<${Hour} key=${choice.start} start=${choice.start} close=${() => choose(choice.start)} />` : html`
            <div class="halves"><${Peaks} peaks=${forecast.peaks} /><${Limits} limits=${forecast.limits} /></div>`}
        <p class="faint small">Jobs that fire more often than each minute count by the share of the time that they run. Not foretold are
            jobs that follow others,
            attempts after a failure, and runs by hand.</p>`;
}

/** One hour by its minutes, and what happens in it. */
function Hour({start, close}) {
    const end = Date.parse(start) + HOUR;
    const load = useLoad((client, signal) => client.read("/forecast", {from: start, until: iso(end)}, {signal}), [start]);
    return html`
        <section class="card" aria-label="One hour">
            <header><h2>${clock(start)} to ${clock(end)}, ${day(start)}</h2>
                <span class="end"><button type="button" onClick=${close}>Whole time again</button></span></header>
            <${Loaded} load=${load} what="the hour">${hour => html`
                <${Bars} parts=${hour.buckets} limit=${hour.limits.find(limit => limit.kind === "all").most} isMinutes />`}<//>
        </section>
        ${load.value && html`<div class="halves"><${Peaks} peaks=${load.value.peaks} /><${Limits} limits=${load.value.limits} /></div>`}`;
}
