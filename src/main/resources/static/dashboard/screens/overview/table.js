/** The list of jobs. Of thousands only those near the window are in the page, each as high as every other. */
import {html, useEffect, useLayoutEffect, useRef, useState} from "htm/preact/standalone.module.js";
import {useJobMenu} from "../../actions.js";
import {Menu} from "../../parts/menu.js";
import {Ago} from "../../parts/moment.js";
import {ConditionSign} from "../../parts/sign.js";
import {Empty, Loading} from "../../parts/states.js";
import {Strip} from "../../parts/strip.js";
import {useSession} from "../../session.js";
import {duration, exactly, roughly, useNow, viewerZone} from "../../time.js";
import {firstLine, nameOf} from "../../words.js";

/** As in the style of the screen. */
const ROW = {wide: 68, narrow: 132};
const NARROW = "(max-width: 900px)";
/** So many rows above and below the window are there before they are seen. */
const AHEAD = 8;
const COLUMNS = 7;

const SORTS = [["condition", "Status"], ["jobname", "Job"], [null, "Schedule"], ["nextFire", "Next run"], [null, "Last run"],
    [null, "Last 30 runs"]];

export function JobTable({jobs, sort = "condition", change, actions, isFiltered}) {
    const body = useRef(null);
    const [first, last, height] = useVisible(body, jobs.shown.length);
    const menu = useJobMenu(actions);
    useEffect(() => {
        if (last >= jobs.shown.length - AHEAD && jobs.hasMore) {
            jobs.more();
        }
    }, [last, jobs.shown.length, jobs.hasMore, jobs.isLoading]);
    if (!jobs.shown.length) {
        return jobs.isLoading ? html`<${Loading} what="jobs" />` : !jobs.failure && html`<${Nothing} isFiltered=${isFiltered} />`;
    }
    return html`
        <table class="jobs" aria-rowcount=${jobs.hasMore ? -1 : jobs.shown.length + 1}>
            <thead><tr>${SORTS.map(([key, title]) => html`
                <th scope="col" aria-sort=${key && key === sort ? "ascending" : undefined}>${key
                    ? html`<button type="button" class="quiet" onClick=${() => change({sort: key === "condition" ? null : key})}>
                        ${title}${key === sort ? " ↓" : ""}</button>`
                    : title}</th>`)}
                <th scope="col"><span class="visually-hidden">Actions</span></th>
            </tr></thead>
            <tbody ref=${body}>
                ${first > 0 && html`<tr class="spacer" aria-hidden="true" style=${{height: `${first * height}px`}}>
                    <td colspan=${COLUMNS}></td></tr>`}
                ${jobs.shown.slice(first, last).map((job, place) => html`
                    <${Row} key=${job.jobid} job=${job} index=${first + place + 2} actions=${actions} menu=${menu} />`)}
                ${last < jobs.shown.length && html`
                    <tr class="spacer" aria-hidden="true" style=${{height: `${(jobs.shown.length - last) * height}px`}}>
                        <td colspan=${COLUMNS}></td></tr>`}
            </tbody>
        </table>
        ${jobs.isLoading && jobs.hasMore && html`<${Loading} what="more jobs" />`}`;
}

/** Which rows are in or near the window, and how high each is. */
function useVisible(body, length) {
    const [range, setRange] = useState([0, 30, ROW.wide]);
    useLayoutEffect(() => {
        let frame = null;
        const look = () => {
            frame = null;
            const height = matchMedia(NARROW).matches ? ROW.narrow : ROW.wide;
            const top = body.current?.getBoundingClientRect().top ?? 0;
            const first = Math.max(0, Math.floor(-top / height) - AHEAD);
            const last = Math.min(length, Math.ceil((innerHeight - top) / height) + AHEAD);
            setRange(before => before[0] === first && before[1] === last && before[2] === height ? before
                : [first, Math.max(first, last), height]);
        };
        const plan = () => {
            frame ??= requestAnimationFrame(look);
        };
        look();
        addEventListener("scroll", plan, {passive: true});
        addEventListener("resize", plan);
        return () => {
            cancelAnimationFrame(frame);
            removeEventListener("scroll", plan);
            removeEventListener("resize", plan);
        };
    }, [length]);
    return range;
}

function Row({job, index, actions, menu}) {
    const {mayOperate} = useSession();
    const run = job.recentRuns?.[0];
    return html`
        <tr aria-rowindex=${index}>
            <td class="status"><${ConditionSign} job=${job} /><div class="small faint"><${Since} job=${job} /></div></td>
            <td class="job"><a class="strong" href=${`/jobs/${job.jobid}`}>${nameOf(job)}</a>
                <code class="faint" title=${job.command}>${firstLine(job.command)}</code></td>
            <td class="schedule"><code>${job.schedule}</code>
                <div class="small faint">${job.scheduleDescription}${job.timezone !== viewerZone
                    && html` <span class="zone">${job.timezone}</span>`}</div></td>
            <td class="next">${job.active && job.nextFire ? html`<${Ago} time=${job.nextFire} zone=${job.timezone} />` : "–"}</td>
            <td class="last">${job.lastEndTime
                ? html`<a class="plain" href=${`/runs/${job.lastRunid}`}><${Ago} time=${job.lastEndTime} zone=${job.timezone} /></a>
                    <div class="small faint">${lasted(job)}</div>`
                : run ? "" : html`<span class="faint">never</span>`}</td>
            <td class="history"><${Strip} runs=${job.recentRuns} /></td>
            <td class="actions">
                ${mayOperate && html`<button type="button" onClick=${() => actions.run(job)}>
                    Run now<span class="visually-hidden"> ${nameOf(job)}</span></button>`}
                <${Menu} label=${`Actions for ${nameOf(job)}`} items=${menu(job)} />
            </td>
        </tr>`;
}

const lasted = job => job.lastStatus === "skipped" ? "skipped"
    : job.lastStartTime ? duration((Date.parse(job.lastEndTime) - Date.parse(job.lastStartTime)) / 1000) : "did not start";

/** Since when it is so, or by whom: "for 3 h", "due 3 min ago". */
function Since({job}) {
    const now = useNow(job.running || job.condition === "late" ? 1_000 : 30_000);
    const run = job.recentRuns?.[0];
    const since = time => time ? `for ${roughly((now - Date.parse(time)) / 1000)}` : "";
    switch (job.condition) {
        case "failing":
            return failingSince(job, now);
        case "blocked":
            return html`<span title=${job.fault}>${firstLine(job.fault)}</span>`;
        case "late":
            return html`<span title=${exactly(job.nextFire, job.timezone)}>
                due ${roughly((now - Date.parse(dueAt(job, now))) / 1000)} ago</span>`;
        case "running":
            return since((job.recentRuns ?? []).filter(one => one.status === "running").at(-1)?.startTime);
        case "waiting":
            return since(run?.queuedTime);
        case "paused":
            return html`<span title=${job.pauseNote}>by ${job.pausedBy}</span>`;
        case "inactive":
            return html`<span title=${job.deactivatedReason}>${firstLine(job.deactivatedReason)}</span>`;
        default:
            return "";
    }
}

const dueAt = (job, now) => job.nextFire && Date.parse(job.nextFire) < now ? job.nextFire
    : (job.recentRuns ?? []).filter(run => run.status === "queued").at(-1)?.queuedTime ?? job.nextFire;

/** As far back as its last runs tell. */
function failingSince(job, now) {
    if (!job.active) {
        return "and deactivated";
    }
    const ended = (job.recentRuns ?? []).filter(run => run.duration !== null || run.status === "failed");
    const succeeded = ended.findIndex(run => run.status === "succeeded");
    const begin = ended[(succeeded < 0 ? ended.length : succeeded) - 1];
    const more = succeeded < 0 && ended.length >= 30 ? "more than " : "";
    return begin ? `for ${more}${roughly((now - Date.parse(begin.queuedTime)) / 1000)}` : "";
}

function Nothing({isFiltered}) {
    const {mayAdminister} = useSession();
    return isFiltered
        ? html`<${Empty} title="No job is like that"><a href="/">Show all jobs</a><//>`
        : html`<${Empty} title="There are no jobs yet">
            <p>A job is SQL and a schedule: <code>SELECT cron.schedule('nightly', '0 3 * * *', 'VACUUM')</code> in psql makes one.</p>
            ${mayAdminister && html`
                <p><a class="button primary" href="/jobs/new">Make the first one</a>
                    ${" "}<a class="button" href="/jobs/import">Import a crontab or pg_cron's jobs</a></p>`}
        <//>`;
}
