/** What can be done with jobs and runs: what is asked before, what follows from it, and what is said afterwards. */
import {html, useState} from "htm/preact/standalone.module.js";
import {go} from "./location.js";
import {Confirm} from "./parts/dialog.js";
import {useNotify} from "./parts/notices.js";
import {useClient} from "./rest.js";
import {useSession} from "./session.js";
import {count, nameOf} from "./words.js";

/**
 * The actions on jobs and runs, and the window that some of them open, to be put anywhere into what is shown.
 *
 * @param changed called when something was done
 */
export function useActions(changed = () => {}) {
    const client = useClient();
    const notify = useNotify();
    const [asked, ask] = useState(null);
    const done = (text, link) => {
        notify(text, "good", link);
        changed();
    };
    const refused = problem => notify(problem.message + (problem.hint ? ` ${problem.hint}` : ""), "bad");
    const post = (path, note, query) => client.send("POST", path, {query, body: note ? {note} : {}});

    const actions = {
        run: async job => {
            try {
                const {body} = await client.send("POST", `/jobs/${job.jobid}/runs`, {
                    body: {}, headers: {"Idempotency-Key": crypto.randomUUID?.() ?? String(Math.random())},
                });
                done(`Queued ${nameOf(job)}.`, {href: `/runs/${body.runid}`, text: "Watch it"});
            } catch (problem) {
                refused(problem);
            }
        },
        pause: job => ask({
            title: `Pause ${nameOf(job)}?`,
            consequences: html`<p>It does not fire any more, and
                ${" "}${job.waiting ? count(job.waiting, "run") + " that wait are" : "what waits is"} skipped.
                ${job.running ? " What runs goes on." : ""} Fires that are missed meanwhile are not made up for.</p>`,
            noteLabel: "Why? Others will see it.",
            action: "Pause it",
            act: async note => {
                await post(`/jobs/${job.jobid}/pause`, note);
                done(`Paused ${nameOf(job)}.`);
            },
        }),
        resume: async job => {
            try {
                await post(`/jobs/${job.jobid}/resume`);
                done(`${nameOf(job)} fires again.`);
            } catch (problem) {
                refused(problem);
            }
        },
        remove: job => ask({
            title: `Delete ${nameOf(job)}?`,
            consequences: html`<p>It never fires again, and what waits of it is skipped. ${job.running ? "What runs goes on. " : ""}
                Its history stays until it is too old. To keep the job for later, pause it.</p>`,
            isDangerous: true,
            action: "Delete it",
            act: async () => {
                await client.send("DELETE", `/jobs/${job.jobid}`);
                done(`Deleted ${nameOf(job)}.`);
                if (location.pathname.startsWith(`/jobs/${job.jobid}`)) {
                    go("/", {replace: true});
                }
            },
        }),
        duplicate: job => go(`/jobs/new?from=${job.jobid}`),
        /** @param query the filters of GET /jobs that choose them */
        pauseMany: (query, matched) => ask({
            title: `Pause ${count(matched, "job")}?`,
            consequences: html`<p>They do not fire any more, and what waits of them is skipped. What runs goes on. All of them are paused,
                or none.</p>`,
            noteLabel: "Why? Others will see it.",
            action: `Pause ${count(matched, "job")}`,
            act: async note => {
                const {body} = await post("/jobs:pause", note, query);
                done(`Paused ${count(body.changed, "job")}.`);
            },
        }),
        resumeMany: (query, matched) => ask({
            title: `Resume ${count(matched, "job")}?`,
            consequences: html`<p>They fire again as their schedules say, also those that somebody else has paused.</p>`,
            action: `Resume ${count(matched, "job")}`,
            act: async note => {
                const {body} = await post("/jobs:resume", note, query);
                done(`${count(body.changed, "job")} resumed.`);
            },
        }),
        cancel: run => ask({
            title: `Cancel run ${run.runid} of ${nameOf(run)}?`,
            consequences: html`<p>${run.status === "running"
                ? "What it did in its transaction is undone, unless its command commits by itself. "
                    + "It counts as failed, and is not tried again."
                : "It does not start."}</p>`,
            noteLabel: "Why? It stands in the history.",
            isDangerous: true,
            action: "Cancel the run",
            act: async note => {
                await post(`/runs/${run.runid}/cancel`, note);
                done(`Run ${run.runid} is to stop.`);
            },
        }),
        rerun: async run => {
            try {
                const {body} = await post(`/runs/${run.runid}/rerun`);
                done(`Queued the command of run ${run.runid} again.`, {href: `/runs/${body.runid}`, text: "Watch it"});
            } catch (problem) {
                refused(problem);
            }
        },
        ask,
    };
    return {...actions, window: asked && html`<${Confirm} ...${asked} close=${() => ask(null)} />`};
}

/** The entries of a job's menu, as far as one may. */
export function useJobMenu(actions) {
    const {mayOperate, mayAdminister} = useSession();
    return job => [
        {label: "Open", href: `/jobs/${job.jobid}`},
        {label: "Runs", href: `/runs?jobid=${job.jobid}`},
        mayOperate && {label: "Run now", act: () => actions.run(job)},
        mayOperate && (job.active ? {label: "Pause…", act: () => actions.pause(job)} : {label: "Resume", act: () => actions.resume(job)}),
        mayAdminister && {label: "Edit", href: `/jobs/${job.jobid}/edit`},
        mayAdminister && {label: "Duplicate", act: () => actions.duplicate(job)},
        mayAdminister && {label: "Delete…", isDangerous: true, act: () => actions.remove(job)},
    ];
}
