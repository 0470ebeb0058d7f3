/**
 * Runs as a table, whose roles are told because it is none for the eye on the phone: how each ended, when, how long it took, what it
 * said. Earlier attempts are folded into the last one.
 */
import {html, useState} from "htm/preact/standalone.module.js";
import {withAttempts} from "../runs.js";
import {useSession} from "../session.js";
import {duration, taken, useNow} from "../time.js";
import {count, nameOf, STATUSES} from "../words.js";
import {Copy} from "./copy.js";
import {Menu} from "./menu.js";
import {Brief} from "./message.js";
import {Ago, At} from "./moment.js";
import {StatusSign} from "./sign.js";
import {Failure, Loading} from "./states.js";

const TRIGGERS = {"schedule": "by its schedule", "catch-up": "made up for a missed fire", "manual": "by hand",
    "reboot": "at the scheduler's start"};

/** What made a run. */
export function Trigger({run}) {
    const origin = run.originRunid && html`<a href=${`/runs/${run.originRunid}`}>run ${run.originRunid}</a>`;
    if (run.trigger === "retry") {
        return html`attempt ${run.attempt}, after ${origin}`;
    }
    if (run.trigger === "after") {
        return html`after ${origin ?? "another job"}`;
    }
    return run.trigger === "manual" && origin ? html`${origin} again, by hand` : TRIGGERS[run.trigger] ?? run.trigger;
}

/** What was skipped has a time at which that was decided, and did not start all the same. */
export const hasStarted = run => Boolean(run.startTime) && run.status !== "skipped";

/** When it started, or was to. */
const momentOf = run => hasStarted(run) ? run.startTime : run.status === "skipped" ? run.scheduledTime ?? run.queuedTime : run.queuedTime;

/** Seconds from when a run was to start to when it did; null: it has not, or nothing named a time. */
export function lateness(run) {
    const due = run.trigger === "schedule" || run.trigger === "catch-up" ? run.scheduledTime : null;
    return due && hasStarted(run) ? Math.max(0, (Date.parse(run.startTime) - Date.parse(due)) / 1000) : null;
}

/** How long it took; if it is under way, the time goes on. */
export function Taken({run}) {
    return run.status === "running" ? html`<${Ticking} run=${run} />` : duration(run.status === "skipped" ? null : taken(run));
}

const Ticking = ({run}) => html`<span class="busy">${duration(taken(run, useNow()))}</span>`;

/** @param list of useRuns */
export function RunList({list, actions, showJob = false, children}) {
    if (!list.runs) {
        return list.failure ? html`<${Failure} failure=${list.failure} retry=${list.reload} />` : html`<${Loading} what="runs" />`;
    }
    return html`
        ${list.failure && html`<${Failure} failure=${list.failure} retry=${list.reload} />`}
        ${list.held.length > 0 && html`<button type="button" class="primary fresh" onClick=${list.show}>
            ↑ ${list.held.length >= 50 ? "50 or more" : list.held.length} new ${list.held.length === 1 ? "run" : "runs"}</button>`}
        ${list.runs.length ? html`<${RunTable} runs=${list.runs} actions=${actions} showJob=${showJob} />` : !list.isLoading && children}
        ${list.isLoading ? html`<${Loading} what="runs" />` : html`<${Foot} list=${list} />`}`;
}

const Foot = ({list}) => list.next === null
    ? list.runs.length > 0 && html`<p class="faint small foot">There are no older ones in the history.</p>`
    : html`<p class="foot"><button type="button" onClick=${list.older}>
        ${list.runs.length ? "Show older" : "Search further back"}</button></p>`;

function RunTable({runs, actions, showJob}) {
    return html`
        <div class="scroll"><table class="runs" role="table">
            <caption class="visually-hidden">Runs, the latest first</caption>
            <thead role="rowgroup"><tr role="row">
                <th role="columnheader" scope="col">Status</th>
                <th role="columnheader" scope="col">${showJob ? "Job" : "Run"}</th>
                <th role="columnheader" scope="col">Started</th>
                <th role="columnheader" scope="col" class="right">Took</th>
                <th role="columnheader" scope="col" class="right wide">Late by</th>
                <th role="columnheader" scope="col" class="said">Result</th>
                <th role="columnheader" scope="col"><span class="visually-hidden">Actions</span></th>
            </tr></thead>
            <tbody role="rowgroup">${withAttempts(runs).map(group =>
                html`<${Group} key=${group.run.runid} ...${group} actions=${actions} showJob=${showJob} />`)}</tbody>
        </table></div>`;
}

function Group({run, attempts, actions, showJob}) {
    const [isOpen, setOpen] = useState(false);
    const toggle = attempts.length > 0 && html`
        <button type="button" class="quiet small fold" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
            <span aria-hidden="true">${isOpen ? "▾" : "▸"}</span> ${count(attempts.length, "attempt")} before</button>`;
    return html`
        <${Row} run=${run} actions=${actions} showJob=${showJob} toggle=${toggle} />
        ${isOpen && attempts.map(attempt =>
            html`<${Row} key=${attempt.runid} run=${attempt} actions=${actions} showJob=${showJob} isEarlier=${true} />`)}`;
}

function Row({run, actions, showJob, toggle, isEarlier}) {
    const {mayOperate} = useSession();
    const hasEnded = !["queued", "running"].includes(run.status);
    const late = lateness(run);
    const what = `run ${run.runid}`;
    return html`
        <tr role="row" class=${`${run.status}${isEarlier ? " earlier" : ""}`} data-runid=${run.runid}>
            <td role="cell" class="status"><a class="plain" href=${`/runs/${run.runid}`}
                aria-label=${`${STATUSES[run.status]?.word ?? run.status}, ${what}`}><${StatusSign} run=${run} /></a></td>
            <td role="cell" class="what">
                ${showJob
                    ? html`${run.jobid && run.jobname !== undefined ? html`<a class="name" href=${`/jobs/${run.jobid}`}>${nameOf(run)}</a>`
                        : html`<span class="name">${nameOf(run)}</span>`}
                        <div class="small faint"><a href=${`/runs/${run.runid}`}>${what}</a> · <${Trigger} run=${run} /> ${toggle}</div>`
                    : html`<a class="name" href=${`/runs/${run.runid}`}>${run.runid}</a>
                        <div class="small faint"><${Trigger} run=${run} /> ${toggle}</div>`}
            </td>
            <td role="cell" class="nowrap started"><${At} time=${momentOf(run)} />
                <div class="small faint">${hasStarted(run) ? "" : hasEnded ? "due " : "queued "}<${Ago} time=${momentOf(run)} /></div></td>
            <td role="cell" class="right nowrap number took"><${Taken} run=${run} /></td>
            <td role="cell" class="right nowrap number wide ${late > 10 ? "warn" : ""}">
                ${late === null ? "–" : late < .1 ? html`<span class="faint">0 s</span>` : duration(late)}</td>
            <td role="cell" class="said ${run.status === "failed" ? "bad" : ""}">
                <div class="line"><span class="brief"><${Brief} run=${run} /></span>
                ${run.status === "failed" && html`<${Copy} label=${`Copy the error of ${what}`} text=${run.returnMessage} />`}</div>
                ${run.result !== null && run.status === "succeeded"
                    && html`<div class="small faint brief"><code>${run.result}</code></div>`}</td>
            <td role="cell" class="right more"><${Menu} label=${`Actions on ${what}`} items=${[
                {label: "Open", href: `/runs/${run.runid}`},
                run.jobid && {label: "Job", href: `/jobs/${run.jobid}`},
                mayOperate && (hasEnded ? {label: "Run it again", act: () => actions.rerun(run)}
                    : {label: "Cancel…", isDangerous: true, act: () => actions.cancel(run)}),
            ]} /></td>
        </tr>`;
}
