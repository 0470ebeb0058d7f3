/** Why a job did or did not run: what it waits for, what became of its fires, what its runs cost. */
import {html, useState} from "htm/preact/standalone.module.js";
import {fateOf, gathered, hintOf, sentence} from "../../facts.js";
import {useQuery} from "../../location.js";
import {Waits} from "../../parts/facts.js";
import {Brief} from "../../parts/message.js";
import {Ago} from "../../parts/moment.js";
import {Sign, StatusSign} from "../../parts/sign.js";
import {Loaded} from "../../parts/states.js";
import {useLoad} from "../../rest.js";
import {clock, clockWithSeconds, day, duration, exactly, taken, viewerZone} from "../../time.js";
import {bytes, count, number, percent} from "../../words.js";

const SPANS = {"1": "1 day", "3": "3 days", "7": "7 days", "30": "30 days"};

export function Why({load, job, days}) {
    const [query] = useQuery();
    const to = changes => {
        const changed = new URLSearchParams({...query, ...changes});
        changed.get("fires") === "all" && changed.delete("fires");
        return `/jobs/${job.jobid}?${changed}`;
    };
    const isTroubleOnly = query.fires === "trouble";
    return html`
        <section class="card why" aria-labelledby="why">
            <header><h2 id="why">Why it runs, or does not</h2>
                <nav class="choices end" aria-label="How far back">${Object.entries(SPANS).map(([value, words]) => html`
                    <a href=${to({since: value})} aria-current=${value === days ? "true" : undefined}>${words}</a>`)}</nav></header>
            <${Loaded} load=${load} what="what became of it">${why => html`
                <${LastRun} job=${job} />
                <${Waits} facts=${why.now} zone=${job.timezone} />
                <${Fires} facts=${gathered(why.fires)} job=${job} days=${days} isTroubleOnly=${isTroubleOnly} to=${to} />
                <${Costs} facts=${why.costs} />`}<//>
        </section>`;
}

/** Also one by hand, which is no fire: a job that fails says here at what. */
function LastRun({job}) {
    const {value: run} = useLoad((client, signal) => job.lastRunid ? client.read(`/runs/${job.lastRunid}`, {}, {signal}).catch(gone)
        : null, [job.lastRunid]);
    return run && html`
        <ul class="facts last"><li>
            <span class="mark"><span class="visually-hidden">Last run: </span><${StatusSign} run=${run} /></span>
            <div><p><a href=${`/runs/${run.runid}`}>Run ${run.runid}</a>, the last one${run.status === "succeeded"
                ? `, took ${duration(taken(run))}` : html`: <${Brief} run=${run} />`}</p></div>
            <span class="when small faint"><${Ago} time=${run.endTime} zone=${job.timezone} /></span>
        </li></ul>`;
}

/** The history does not keep each run. */
function gone(problem) {
    if (problem.status !== 404) {
        throw problem;
    }
    return null;
}

/** So many are seen at once: the first ones have a line each. */
const SHOWN = 12;

const firesOf = facts => facts.reduce((sum, fact) => sum + (fact.fires ?? 1), 0);

function Fires({facts, job, days, isTroubleOnly, to}) {
    const trouble = facts.filter(fact => fateOf(fact).isTrouble);
    const chosen = isTroubleOnly ? trouble : facts;
    const [isWhole, setWhole] = useState(false);
    const shown = isWhole || chosen.length <= SHOWN + 2 ? chosen : chosen.slice(0, SHOWN);
    const write = facts.some(fact => new Date(fact.time).getSeconds() !== 0) ? clockWithSeconds : clock;
    const sums = new Map();
    for (const fact of facts) {
        const {word, sign, tone} = fateOf(fact);
        const sum = sums.get(word) ?? {word, sign, tone, fires: 0};
        sums.set(word, {...sum, fires: sum.fires + (fact.fires ?? 1)});
    }
    return html`
        <div class="bar subhead"><h3>Its fires of the last ${SPANS[days]}</h3>
            <span class="sums">${[...sums.values()].map(({word, sign, tone, fires}) => html`
                <span class=${tone}><span class="glyph" aria-hidden="true">${sign}</span> ${number(fires)} ${word}</span>`)}</span>
            ${trouble.length > 0 && html`<nav class="choices end" aria-label="Which fires">
                <a href=${to({fires: "all"})} aria-current=${isTroubleOnly ? undefined : "true"}>all</a>
                <a href=${to({fires: "trouble"})} aria-current=${isTroubleOnly ? "true" : undefined}>
                    did not succeed (${number(firesOf(trouble))})</a></nav>`}
        </div>
        ${shown.length ? html`<ol class="fires">
            ${shown.map(fact => html`<${Fire} key=${`${fact.code} ${fact.time}`} fact=${fact} zone=${job.timezone} write=${write} />`)}</ol>
            ${shown.length < chosen.length
                && html`<p class="foot"><button type="button" class="quiet" onClick=${() => setWhole(true)}>
                Show those before, too</button></p>`}`
            : html`<p class="inside faint">${job.nextFire || facts.length ? "There were none."
                : "There were none, and none is to come."}</p>`}`;
}

function Fire({fact, zone, write}) {
    const fate = fateOf(fact);
    const isMany = fact.fires > 1;
    return html`
        <li class=${`${fate.tone}${fate.isTrouble ? " trouble" : ""}`}>
            <span class="when"><${Moment} time=${fact.time} until=${isMany ? fact.until : null} zone=${zone} write=${write} /></span>
            <span class="mark"><${Sign} ...${fate} />
                ${isMany && html`<span class="small faint times">${count(fact.fires, "fire")}</span>`}</span>
            <div class="story">
                <p>${sentence(fact)}</p>
                ${hintOf(fact) && html`<p class="small faint">${hintOf(fact)}</p>`}
            </div>
            <span class="to nowrap">${fact.runid
                && html`<a href=${`/runs/${fact.runid}`}>${isMany ? "last: " : ""}run ${fact.runid}</a>`}</span>
        </li>`;
}

/** The time of a fire is what somebody looks for: the clock of the viewer, and that of the job if it is another one. */
function Moment({time, until, zone, write}) {
    const here = write(time);
    const there = zone === viewerZone ? here : write(time, zone);
    const isSameDay = until && day(until) === day(time);
    return html`
        <time dateTime=${time} title=${exactly(time, zone)}><strong class="number">${here}${isSameDay && `–${write(until)}`}</strong>${" "}
            <span class="faint">${day(time)}</span></time>
        ${until && !isSameDay && html`<span>to <strong class="number">${write(until)}</strong> <span class="faint">
            ${day(until)}</span></span>`}
        ${there !== here && !until && html`<span class="faint small">${there} in ${zone}</span>`}`;
}

function Costs({facts}) {
    const of = code => facts.find(fact => fact.code === code)?.detail;
    const [runs, took, rows] = [of("runs"), of("duration"), of("rows")];
    if (!runs) {
        return null;
    }
    const sizes = [["wal", "Write-ahead log"], ["read", "Read"], ["temp", "Temporary files"]];
    return html`
        <div class="bar subhead"><h3>What its last ${count(runs.runs, "run")} cost</h3></div>
        <dl class="tiles">
            <${Tile} name="succeeded" value=${percent(runs.runs - runs.failed, runs.runs)}
                more=${runs.failed ? `${number(runs.failed)} failed` : "none failed"} />
            ${took && html`<${Tile} name="usual duration" value=${duration(took.p50Seconds)}
                more=${`95 in 100 within ${duration(took.p95Seconds)}`} />
                <${Tile} name="together" value=${duration(took.totalSeconds)} more=${`longest ${duration(took.maxSeconds)}`} />`}
            ${rows && html`<${Tile} name="rows, usually" value=${number(rows.p50)} more=${`${number(rows.total)} together`} />`}
            ${sizes.map(([code, name]) => of(code)?.totalBytes > 0
                && html`<${Tile} name=${`${name}, usually`} value=${bytes(of(code).p50Bytes)}
                more=${`${bytes(of(code).totalBytes)} together`} />`)}
        </dl>`;
}

const Tile = ({name, value, more}) =>
    html`<div><dt>${name}</dt><dd><strong class="number">${value}</strong><span class="faint small">${more}</span></dd></div>`;
