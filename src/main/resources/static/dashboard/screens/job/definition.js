/** All that is in force of a job, explained. */
import {html} from "htm/preact/standalone.module.js";
import {Copy} from "../../parts/copy.js";
import {At} from "../../parts/moment.js";
import {durationWords} from "../../time.js";

const OVERLAPS = {
    queue: "the new run waits until the one before has ended",
    skip: "the fire is skipped",
    allow: "both run side by side",
};
const CATCH_UPS = {once: "made up for by one run", all: "all of them are made up for", skip: "skipped"};
const LOG_LEVELS = {all: "all runs", failures: "failed ones only", none: "none"};

const orNone = (value, words) => value ?? html`<span class="faint">${words}</span>`;
const time = (value, zone, words) => value ? html`<${At} time=${value} zone=${zone} />` : orNone(null, words);
const length = (value, words) => value ? durationWords(value) : orNone(null, words);

function groups(job) {
    return [
        ["When", [
            ["Schedule", html`<code>${job.schedule}</code>`],
            ["Time zone", job.timezone],
            ["Valid from", time(job.validFrom, job.timezone, "always")],
            ["Valid until", time(job.validUntil, job.timezone, "for ever")],
            ["Jitter", length(job.jitter, "none"), "Each fire is late by up to this, so that not all start at once."],
            ["Missed fires", CATCH_UPS[job.catchUp], "Fires that were missed while nothing could fire."],
            ["Start deadline", length(job.startDeadline, "none"), "A run that could not start this long after its fire is skipped."],
        ]],
        ["How", [
            ["While it still runs", OVERLAPS[job.overlap], "What happens when it fires meanwhile."],
            ["Timeout", length(job.timeout, "none"), "A run that takes longer is canceled, and fails."],
            ["Attempts", job.maxAttempts, "How often a failing run is tried in all."],
            job.maxAttempts > 1 && ["Retry delay", durationWords(job.retryDelay),
                "Before the second attempt; it doubles from one to the next."],
            ["Deactivated after", job.maxFailures ? `${job.maxFailures} failed runs in a row` : orNone(null, "never")],
            ["Priority", job.priority, "Among waiting runs the higher one starts first."],
            ["Group", job.jobGroup ? html`<a href=${`/?${new URLSearchParams({group: job.jobGroup})}`}>${job.jobGroup}</a>`
                : orNone(null, "none"), "Of a group's jobs only so many run at once as it allows."],
            ["Transaction", job.transactional === null ? orNone(null, "found out by its first run") : job.transactional
                ? "one with its record" : "none: its command commits by itself"],
        ]],
        ["Where", [
            ["Role", job.username],
            ["Database", job.database],
            ["Server", job.nodename === "localhost" ? "the scheduler's own" : `${job.nodename}:${job.nodeport}`],
            ["Kept in the history", LOG_LEVELS[job.logLevel]],
            job.description && ["Description", job.description],
        ]],
    ];
}

export const Definition = ({job}) => html`
    <div class="inside stack">
        <div class="stack tight"><div class="bar"><h3>Command</h3><span class="end">
            <${Copy} label="Copy the command" text=${job.command} /></span></div>
            <pre class="command" tabindex="0" aria-label="Command">${job.command}</pre></div>
        <div class="columns">${groups(job).map(([title, options]) => html`
            <section class="stack tight"><h3>${title}</h3>
                <dl class="options">${options.filter(Boolean).map(([name, value, meaning]) => html`
                    <div><dt>${name}</dt><dd>${value}${meaning && html`<span class="small faint">${meaning}</span>`}</dd></div>`)}</dl>
                        </section>`)}
        </div>
    </div>`;
