/** One run: what it does at this moment, how it ended, what it said, what came before and after it, what it cost. */
import {html, useEffect} from "htm/preact/standalone.module.js";
import {useActions} from "../actions.js";
import {useEvents} from "../events.js";
import {Copy} from "../parts/copy.js";
import {Waits} from "../parts/facts.js";
import {Message} from "../parts/message.js";
import {Ago, At} from "../parts/moment.js";
import {hasStarted, lateness, Taken, Trigger} from "../parts/runs.js";
import {StatusSign} from "../parts/sign.js";
import {Loaded} from "../parts/states.js";
import {useLoad} from "../rest.js";
import {useSession} from "../session.js";
import {duration, taken, useNow} from "../time.js";
import {bytes, nameOf} from "../words.js";

const LOOK_MILLISECONDS = 3_000;
const SOON_MILLISECONDS = 60_000;
const hasEnded = run => !["queued", "running"].includes(run.status);

export default function Run({runid}) {
    const load = useLoad((client, signal) => client.read(`/runs/${runid}`, {}, {signal}), [runid]);
    const run = load.value;
    useEvents(load.reload, event => event.data.runid === Number(runid), 100);
    useEffect(() => {
        if (run) {
            document.title = `Run ${runid}, ${run.status} · Cronlink`;
        }
        // That one is queued, or is to stop, is no event.
        const timer = run && !hasEnded(run) && setInterval(load.reload, LOOK_MILLISECONDS);
        return () => clearInterval(timer);
    }, [run?.status]);
    return html`<${Loaded} load=${load} what=${`run ${runid}`}>${found => html`<${Whole} run=${found} reload=${load.reload} />`}<//>`;
}

function Whole({run, reload}) {
    const actions = useActions(reload);
    return html`
        <${Head} run=${run} actions=${actions} />
        ${!hasEnded(run) && html`<${Progress} run=${run} />`}
        ${run.returnMessage !== null && hasEnded(run) && html`
            <section class="card outcome ${run.status}" aria-labelledby="outcome"><header><h2 id="outcome">${
                {failed: "Error", skipped: "Why it was skipped"}[run.status] ?? "Result"}</h2></header>
                <div class="inside"><${Message} run=${run} />
                    ${run.result !== null && html`<div class="message"><p class="small faint">First column of the first row</p>
                        <pre>${run.result}</pre></div>`}</div></section>`}
        <div class="columns">
            <section class="card" aria-labelledby="times"><header><h2 id="times">Times</h2></header>
                <div class="inside"><${Times} run=${run} /></div></section>
            <section class="card" aria-labelledby="about"><header><h2 id="about">About it</h2></header>
                <div class="inside"><${About} run=${run} /></div></section>
        </div>
        <${Chain} run=${run} />
        <section class="card" aria-labelledby="command">
            <header><h2 id="command">Command</h2>
                <span class="end"><${Copy} label="Copy the command" text=${run.command ?? ""} /></span></header>
            <div class="inside"><pre class="command" tabindex="0">${run.command}</pre></div>
        </section>
        ${actions.window}`;
}

function Head({run, actions}) {
    const {mayOperate} = useSession();
    return html`
        <div class="page-head">
            <div>
                <p class="small faint"><a href="/runs">Runs</a>${run.jobid
                    && html` · <a href=${`/jobs/${run.jobid}`}>${nameOf(run)}</a>`}</p>
                <h1>Run ${run.runid} <span class="faint">of</span> ${run.jobid ? html`<a href=${`/jobs/${run.jobid}`}>${nameOf(run)}</a>`
                    : "a command run once"}</h1>
                <p class="headline" role="status"><${StatusSign} run=${run} /> <${Story} run=${run} /></p>
            </div>
            ${mayOperate && html`<div class="bar">${hasEnded(run)
                ? html`<button type="button" class="primary" onClick=${() => actions.rerun(run)}>Run it again</button>`
                : html`<button type="button" class="danger" onClick=${() => actions.cancel(run)}>Cancel…</button>`}</div>`}
        </div>`;
}

/** In a sentence. */
function Story({run}) {
    if (run.status === "queued") {
        return html`<span class="faint">since <${Ago} time=${run.queuedTime} /></span>`;
    }
    if (run.status === "running") {
        return html`<span class="faint">for <${Taken} run=${run} /></span>`;
    }
    return html`<span class="faint"><${Ago} time=${run.endTime ?? run.queuedTime} />
        ${hasStarted(run) && html`, after ${duration(taken(run))}`}</span>`;
}

/** How far it is, by what its job usually takes; and what keeps it. */
function Progress({run}) {
    const now = useNow();
    const why = useLoad((client, signal) => run.jobid ? client.read(`/jobs/${run.jobid}/why`, {since: "PT1M"}, {signal}) : null,
        [run.status]);
    useEffect(() => {
        const timer = setInterval(why.reload, LOOK_MILLISECONDS);
        return () => clearInterval(timer);
    }, [why.reload]);
    const facts = (why.value?.now ?? []).filter(fact => fact.runid === run.runid);
    const usual = why.value?.costs.find(fact => fact.code === "duration")?.detail.p50Seconds;
    const sofar = taken(run, now);
    const isLong = usual && sofar > 2 * usual + 1;
    return html`
        <section class="card" aria-labelledby="progress">
            <header><h2 id="progress">${run.status === "running" ? "Under way" : "It waits"}</h2></header>
            <div class="inside stack">
                ${run.status === "running" && usual > 0 && html`
                    <div><progress max=${usual} value=${Math.min(sofar, usual)}
                        aria-label="Time it has taken, of what its job usually takes"></progress>
                        <p class="small ${isLong ? "warn" : "faint"}">${duration(sofar)} so far. ${isLong
                            ? `That is much longer than usual: half of the runs took ${duration(usual)} or less.`
                            : `Half of the runs of its job took ${duration(usual)} or less.`}</p></div>`}
                ${facts.length > 0 && html`<${Waits} facts=${facts} linked=${false} />`}
                ${!run.jobid && html`<p class="faint">What a command waits for that belongs to no job is told by the database only:
                    SELECT * FROM pg_stat_activity.</p>`}
            </div>
        </section>`;
}

function Times({run}) {
    const late = lateness(run);
    return html`
        <dl class="pairs">
            <dt>Its time</dt><dd>${run.scheduledTime ? html`<${At} time=${run.scheduledTime} />`
                : html`<span class="faint">none: it was not fired by a schedule</span>`}</dd>
            <dt>Queued</dt><dd><${At} time=${run.queuedTime} /></dd>
            <dt>Started</dt><dd>${hasStarted(run) ? html`<${At} time=${run.startTime} />
                ${late !== null && html` <span class=${late > 10 ? "warn" : "faint"}>${
                late < 1 ? "on time" : `${duration(late)} late`}</span>`}`
                    : html`<span class="faint">${run.endTime ? "it did not" : "not yet"}</span>`}</dd>
            <dt>Ended</dt><dd>${run.endTime ? html`<${At} time=${run.endTime} />` : html`<span class="faint">not yet</span>`}</dd>
            <dt>Took</dt><dd><${Taken} run=${run} /></dd>
        </dl>`;
}

function About({run}) {
    const measured = [["Wrote to the log (WAL)", run.walBytes], ["Read", run.readBytes], ["Temporary files", run.tempBytes]];
    return html`
        <dl class="pairs">
            <dt>Made</dt><dd><${Trigger} run=${run} /></dd>
            <dt>Attempt</dt><dd>${run.attempt}</dd>
            ${run.note && html`<dt>Note</dt><dd>${run.note}</dd>`}
            <dt>Ran as</dt><dd>${run.username}<span class="faint">@</span>${run.database}</dd>
            ${run.jobPid && html`<dt>Session</dt><dd><code>${run.jobPid}</code></dd>`}
            ${run.walBytes === null
                ? hasEnded(run) && html`<dt>Cost</dt><dd class="faint">
                    not measured: it was too quick, or ran at top level or elsewhere</dd>`
                : measured.filter(([, value]) => value !== null).map(([word, value]) => html`<dt>${word}</dt><dd>${bytes(value)}</dd>`)}
        </dl>`;
}

/** What it repeats or follows, and what repeats or follows it. */
function Chain({run}) {
    const load = useLoad((client, signal) => chain(client, run, signal), [run.runid, run.status]);
    useEvents(load.reload, event => event.type.startsWith("run-") && (event.data.jobid === run.jobid
        || event.data.trigger === "after"), 2_000);
    if (!load.value || load.value.length < 2) {
        return null;
    }
    return html`
        <section class="card" aria-labelledby="chain"><header><h2 id="chain">Before and after it</h2></header>
            <ol class="chain">${load.value.map(one => html`
                <li key=${one.runid} aria-current=${one.runid === run.runid ? "true" : undefined}>
                    <${StatusSign} run=${one} />
                    <span>${one.runid === run.runid ? html`<strong>Run ${one.runid}</strong>`
                        : html`<a href=${`/runs/${one.runid}`}>Run ${one.runid}</a>`}
                        ${one.jobid !== run.jobid && one.jobid && html` of <a href=${`/jobs/${one.jobid}`}>${nameOf(one)}</a>`}</span>
                    <span class="faint small"><${Trigger} run=${one} /></span>
                    <span class="faint small nowrap"><${At} time=${one.startTime ?? one.queuedTime} /></span>
                    <span class="number nowrap"><${Taken} run=${one} /></span>
                </li>`)}</ol>
        </section>`;
}

/** Those before it are named by it; those after it are its job's, or were fired by its end. */
async function chain(client, run, signal) {
    const before = [];
    for (let origin = run.originRunid; origin && before.length < 100;) {
        try {
            const found = await client.read(`/runs/${origin}`, {}, {signal});
            before.unshift(found);
            origin = found.originRunid;
        } catch (problem) {
            if (problem.status !== 404) {
                throw problem;
            }
            origin = null;
        }
    }
    const queries = [];
    if (run.jobid) {
        queries.push({jobid: run.jobid, trigger: "retry", from: run.queuedTime},
            {jobid: run.jobid, trigger: "manual", from: run.queuedTime});
    }
    if (run.endTime) {
        const until = new Date(Date.parse(run.endTime) + SOON_MILLISECONDS).toISOString();
        queries.push({trigger: "after", from: run.queuedTime, until});
    }
    const pages = await Promise.all(queries.map(query => client.read("/runs", {...query, limit: 1000}, {signal})));
    const later = pages.flatMap(page => page.runs).sort((one, other) => one.runid - other.runid);
    const known = new Set([run.runid]);
    const after = later.filter(one => known.has(one.originRunid) && known.add(one.runid));
    return [...before, run, ...after];
}
