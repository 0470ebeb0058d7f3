/** A job: why it did or did not run on top, and below it its runs, its definition and what became of it, its future and its figures. */
import {html, useCallback, useEffect, useRef} from "htm/preact/standalone.module.js";
import {useActions, useJobMenu} from "../actions.js";
import {useEvents} from "../events.js";
import {useQuery} from "../location.js";
import {Menu} from "../parts/menu.js";
import {Ago} from "../parts/moment.js";
import {RunList} from "../parts/runs.js";
import {ConditionSign} from "../parts/sign.js";
import {Empty, Loaded} from "../parts/states.js";
import {useLoad} from "../rest.js";
import {useRuns} from "../runs.js";
import {useSession} from "../session.js";
import {viewerZone} from "../time.js";
import {nameOf} from "../words.js";
import {Banners} from "./job/banners.js";
import {Definition} from "./job/definition.js";
import {History} from "./job/history.js";
import {Statistics} from "./job/statistics.js";
import {Upcoming} from "./job/upcoming.js";
import {Why} from "./job/why.js";

const SPANS = {"1": "P1D", "3": "P3D", "7": "P7D", "30": "P30D"};
/** The page of facts is not for nothing: a job that runs each second does not ask for it each second. */
const PAUSE_MILLISECONDS = 2_000;
const WAITING_MILLISECONDS = 5_000;

export default function Job({jobid}) {
    const [query] = useQuery();
    const days = query.since in SPANS ? query.since : "3";
    const job = useLoad((client, signal) => client.read(`/jobs/${jobid}`, {}, {signal}), [jobid]);
    const why = useLoad((client, signal) => client.read(`/jobs/${jobid}/why`, {since: SPANS[days]}, {signal}), [jobid, days]);
    const look = useRef();
    look.current = () => {
        job.reload();
        why.reload();
    };
    const reload = useCallback(() => look.current(), []);
    useEvents(reload, event => event.data.jobid === Number(jobid) || event.type === "settings-changed", PAUSE_MILLISECONDS);
    const isBusy = job.value && (job.value.running > 0 || job.value.waiting > 0);
    useEffect(() => {
        if (job.value) {
            document.title = `${nameOf(job.value)} · Cronlink`;
        }
    }, [job.value?.jobname]);
    useEffect(() => {
        // What a run waits for changes without an event.
        const timer = isBusy && setInterval(reload, WAITING_MILLISECONDS);
        return () => clearInterval(timer);
    }, [isBusy]);
    return html`<${Loaded} load=${job} what=${`job ${jobid}`}>${found => html`
        <${Whole} job=${found} why=${why} days=${days} tab=${query.tab} reload=${reload} />`}<//>`;
}

function Whole({job, why, days, tab, reload}) {
    const schedule = useLoad(async (client, signal) =>
        (await client.send("POST", "/schedules/preview", {body: {schedule: job.schedule, timezone: job.timezone, count: 20}, signal})).body,
    [job.schedule, job.timezone, job.nextFire]);
    const actions = useActions(reload);
    return html`
        <${Head} job=${job} schedule=${schedule.value} actions=${actions} />
        <${Banners} job=${job} schedule=${schedule.value} why=${why.value} />
        <${Why} load=${why} job=${job} days=${days} />
        <${Tabs} job=${job} chosen=${tab} schedule=${schedule} actions=${actions} />
        ${actions.window}`;
}

function Head({job, schedule, actions}) {
    const {mayOperate, mayAdminister} = useSession();
    const menu = useJobMenu(actions);
    return html`
        <div class="page-head">
            <div>
                <p class="small faint"><a href="/">Overview</a> · Job ${job.jobid}</p>
                <h1>${nameOf(job)} ${job.condition && html`<small class="condition"><${ConditionSign} job=${job} /></small>`}</h1>
                <p><code class="schedule">${job.schedule}</code> <span>${schedule?.description}</span>
                    <span class="faint"> ${job.timezone}</span>${job.nextFire
                        && html`<span class="faint"> · next <${Ago} time=${job.nextFire} zone=${job.timezone} /></span>`}</p>
                <p class="small faint">${job.username}@${job.database}
                    ${job.nodename !== "localhost" && ` on ${job.nodename}:${job.nodeport}`}${
                    job.description && html` · ${job.description}`}</p>
            </div>
            <div class="bar">
                ${mayOperate && html`<button type="button" class="primary" onClick=${() => actions.run(job)}>Run now</button>
                    ${job.active
                        ? html`<button type="button" onClick=${() => actions.pause(job)}>Pause…</button>`
                        : html`<button type="button" onClick=${() => actions.resume(job)}>Resume</button>`}`}
                ${mayAdminister && html`<a class="button" href=${`/jobs/${job.jobid}/edit`}>Edit</a>`}
                <${Menu} label=${`More on ${nameOf(job)}`} items=${menu(job).filter(item => item && item.label !== "Open")} />
            </div>
        </div>`;
}

function Tabs({job, chosen, schedule, actions}) {
    const {mayAdminister} = useSession();
    const [query] = useQuery();
    const tabs = [["runs", "Runs"], ["definition", "Definition"], mayAdminister && ["history", "History"], ["upcoming", "Upcoming"],
        ["statistics", "Statistics"]].filter(Boolean);
    const current = tabs.some(([tab]) => tab === chosen) ? chosen : "runs";
    const to = tab => `/jobs/${job.jobid}?${new URLSearchParams({...query, tab})}`;
    const follow = event => {
        // The page stays where it is: the tabs are in its middle.
        const place = scrollY;
        const link = event.target.closest("a");
        link && setTimeout(() => scrollTo(0, place));
    };
    const content = {
        runs: () => html`<${Runs} job=${job} actions=${actions} />`,
        definition: () => html`<${Definition} job=${job} />`,
        history: () => html`<${History} jobid=${job.jobid} />`,
        upcoming: () => html`<${Upcoming} job=${job} schedule=${schedule} />`,
        statistics: () => html`<${Statistics} job=${job} />`,
    };
    return html`
        <section class="card" aria-label="About the job">
            <nav class="tabs" aria-label="About the job" onClick=${follow}>${tabs.map(([tab, name]) => html`
                <a href=${to(tab)} aria-current=${tab === current ? "page" : undefined}>${name}</a>`)}</nav>
            <h2 class="visually-hidden">${tabs.find(([tab]) => tab === current)[1]}</h2>
            ${content[current]()}
        </section>`;
}

function Runs({job, actions}) {
    const list = useRuns({jobid: job.jobid});
    useEffect(() => list.reload(), [job.waiting, job.running]);
    return html`<${RunList} list=${list} actions=${actions}>
        <${Empty} title="It has not run yet.">
            ${job.nextFire && html`<p>It is to run <${Ago} time=${job.nextFire} zone=${job.timezone ?? viewerZone} />.</p>`}<//>
    <//>`;
}
