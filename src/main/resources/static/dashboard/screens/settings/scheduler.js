/** How the scheduler is, as it is, and the switch that holds everything back. */
import {html} from "htm/preact/standalone.module.js";
import {useActions} from "../../actions.js";
import {Ago} from "../../parts/moment.js";
import {useNotify} from "../../parts/notices.js";
import {Sign} from "../../parts/sign.js";
import {Loaded} from "../../parts/states.js";
import {useClient} from "../../rest.js";
import {useScheduler} from "../../scheduler.js";
import {useSession} from "../../session.js";
import {useNow} from "../../time.js";
import {count, nameOf, number} from "../../words.js";

export default function Scheduler() {
    const load = useScheduler();
    return html`<${Loaded} load=${load} what="the scheduler">${state => html`
        <${Switch} state=${state} reload=${load.reload} />
        <${State} state=${state} />
        <${Standstill} causes=${state.standstill} />
        <${Faults} faults=${state.faults} />`}<//>`;
}

function Switch({state, reload}) {
    const client = useClient();
    const notify = useNotify();
    const {mayAdminister} = useSession();
    const actions = useActions(reload);
    const set = paused => async () => {
        await client.send("PATCH", "/settings", {type: "application/merge-patch+json", body: {paused}, headers: {"If-Match": "*"}});
        notify(paused ? "Everything is paused." : "Jobs fire again.");
        reload();
    };
    const pause = () => actions.ask({
        title: "Pause everything?",
        consequences: html`<p>No job fires, and nothing that waits starts, whosever it is, until somebody resumes. ${state.running
            ? `${count(state.running, "run")} under way ${state.running === 1 ? "goes" : "go"} on.` : "Nothing runs now."}</p>
            <p>${count(state.activeJobs, "active job")} ${state.activeJobs === 1 ? "is" : "are"} held back${state.waiting
                ? `, and ${count(state.waiting, "run")} that ${state.waiting === 1 ? "waits" : "wait"}` : ""}. Fires that are missed
                    meanwhile are made up for
                afterwards as each job says (by default one of them).</p>`,
        isDangerous: true,
        action: "Pause everything",
        act: set(true),
    });
    const resume = () => actions.ask({
        title: "Resume everything?",
        consequences: html`<p>${count(state.activeJobs, "active job")} ${state.activeJobs === 1 ? "fires" : "fire"} again as scheduled.
            What was missed
            is made up for at once, as each job says, and ${state.waiting ? count(state.waiting, "run") + " that waited"
                : "what waited"} may start: at most
            ${" " + count(state.maxRunningJobs, "run")} side by side.</p><p>Jobs that were paused one by one stay so.</p>`,
        action: "Resume everything",
        act: set(false),
    });
    return html`
        <section class="card switch ${state.paused ? "paused" : ""}">
            <div>
                <h2>${state.paused ? html`<${Sign} sign="❚❚" word="Everything is paused" tone="warn" />`
                    : html`<${Sign} sign="▶" word="Jobs fire as scheduled" tone="good" />`}</h2>
                <p class="faint">${state.paused ? "Nothing fires and nothing starts. What ran goes on." : state.nextFire
                    ? html`<${Next} time=${state.nextFire} />` : "No job is going to fire by time."}</p>
            </div>
            ${mayAdminister && (state.paused
                ? html`<button type="button" class="primary" onClick=${resume}>Resume everything…</button>`
                : html`<button type="button" class="danger" onClick=${pause}>Pause everything…</button>`)}
            ${actions.window}
        </section>`;
}

function Next({time}) {
    return Date.parse(time) > useNow() ? html`The next one fires <${Ago} time=${time} />.` : "The next one fires now.";
}

function State({state}) {
    return html`
        <div class="figures">
            <${Figure} label="Leader" value=${state.leaderPid ? html`process ${state.leaderPid}` : "nobody"}
                tone=${state.leaderPid ? "good" : "bad"}
                note=${state.leaderPid ? "the session that runs the scheduler" : "no service is connected, or none may lead"} />
            <${Figure} label="Last sign of life" value=${html`<${Ago} time=${state.lastTick} />`} tone=${state.ticking ? "good" : "bad"}
                note=${state.ticking ? "it ticks each second" : "more than 5 s ago"} />
            <${Figure} label="Queue" value=${`${number(state.waiting)} waiting`} tone=${state.oldestWaiting ? "warn" : ""}
                note=${state.oldestWaiting ? html`one could have started <${Ago} time=${state.oldestWaiting} />`
                    : `${number(state.running)} running`} href="/runs?status=queued,running" />
            <${Figure} label="Workers" value=${`${number(state.workers)} of ${number(state.maxRunningJobs)}`}
                note="sessions that run jobs, busy or idle" part=${state.workers / state.maxRunningJobs} href="/settings/limits" />
            <${Figure} label="Connections" value=${`${number(state.connections)} of ${number(state.maxConnections)}`}
                note="of the server, whosever they are" part=${state.connections / state.maxConnections} />
            <${Figure} label="Jobs" value=${`${number(state.activeJobs)} active`}
                note=${`of ${number(state.jobs)}; ${number(state.pausedJobs)} paused, ${number(state.failingJobs)} failing`} href="/" />
        </div>`;
}

function Figure({label, value, note, tone = "", part, href}) {
    return html`
        <div class="card figure">
            <p class="faint small">${href ? html`<a href=${href}>${label}</a>` : label}</p>
            <p class=${`big ${tone}`}>${value}</p>
            ${part !== undefined && html`<meter min="0" max="1" low="0.8" high="0.9" optimum="0" value=${part}
                aria-label=${label}></meter>`}
            <p class="faint small">${note}</p>
        </div>`;
}

function Standstill({causes}) {
    return html`
        <section class="card">
            <header><h2>Standstill</h2><span class="faint small">why runs wait that could have started</span></header>
            ${causes.length === 0
                ? html`<p class="inside"><${Sign} sign="✓" word="Nothing stands still." tone="good" /></p>`
                : html`<ul class="lines">${causes.map(cause => html`
                    <li><${Sign} sign=${cause.nobody ? "✕" : "◔"} word=${cause.nobody ? "nobody's runs start"
                        : `runs of ${cause.login ?? "some"}`} tone=${cause.nobody ? "bad" : "warn"} />
                        <div><p>${cause.message}</p>${cause.detail && html`<p class="faint small">${cause.detail}</p>`}
                            <p class="faint small">since <${Ago} time=${cause.since} /></p></div></li>`)}</ul>`}
        </section>`;
}

function Faults({faults}) {
    return html`
        <section class="card">
            <header><h2>Faults</h2><span class="faint small">what the scheduler could not do, and tries again</span></header>
            ${faults.length === 0
                ? html`<p class="inside"><${Sign} sign="✓" word="There are none." tone="good" /></p>`
                : html`<ul class="lines">${faults.map(fault => html`
                    <li><${Sign} sign="✕" word=${fault.step} tone="bad" />
                        <div><p>${fault.message} <span class="faint">(${fault.sqlstate})</span></p>
                            <p class="faint small">${fault.jobid
                                ? html`<a href=${`/jobs/${fault.jobid}`}>${nameOf({jobid: fault.jobid})}</a>, ` : ""}${fault.item},
                                ${" "}${count(fault.count, "time")} since <${Ago} time=${fault.since} />,
                                    again <${Ago} time=${fault.retryAt} /></p></div></li>`)}</ul>`}
        </section>`;
}
