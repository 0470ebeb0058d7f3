/** What was, or would be, taken over: line by line, with what is left out and why. */
import {html} from "htm/preact/standalone.module.js";
import {Sign} from "../../parts/sign.js";
import {count, sentence} from "../../words.js";

const LEFT_OUT = {sign: "↷", tone: "warn", word: "left out"};

function sign(job, dryRun) {
    return job.action === "add"
        ? {sign: "+", tone: "good", word: dryRun ? "new" : "added"}
        : {sign: "=", tone: "calm", word: "there already"};
}

/** @param act does what the result says would be done */
export function Outcome({result, isBusy, act}) {
    const {dryRun, jobs, leftOut, warnings = []} = result;
    const added = jobs.filter(job => job.action === "add").length;
    const there = jobs.length - added;
    const rows = [
        ...jobs.map(job => ({line: job.line, sign: sign(job, dryRun), job})),
        ...leftOut.map(left => ({line: left.line, sign: LEFT_OUT, left})),
    ].sort((one, other) => one.line - other.line);
    return html`
        <section class="card" aria-labelledby="outcome-title">
            <header><h2 id="outcome-title">${dryRun ? "What would become of it" : "What became of it"}</h2>
                <span class="faint">${[count(added, "job") + (dryRun ? " to add" : " added"), there && `${there} there already`,
                    leftOut.length && `${leftOut.length} left out`].filter(Boolean).join(", ")}</span>
                <span class="end">${dryRun
                    ? html`<button type="button" class="primary" disabled=${isBusy || added === 0} onClick=${act}>
                        Import ${count(added, "job")}</button>`
                    : html`<a class="button primary" href="/">To the jobs</a>`}</span></header>
            ${warnings.length > 0 && html`<div class="inside fields">${warnings.map(warning => html`
                <div class="notice warn"><p>${warning.message}</p>${warning.hint && html`<p>${warning.hint}</p>`}</div>`)}</div>`}
            ${rows.length === 0 ? html`<p class="empty">There is nothing in it that looks like a job.</p>` : html`
                <div class="scroll" tabindex="0" role="region" aria-label="Line by line"><table class="outcome">
                    <thead><tr><th class="right">Line</th><th>What</th><th>Job</th><th>Schedule</th><th>Role</th></tr></thead>
                    <tbody>${rows.map(row => html`<${Row} key=${`${row.line} ${row.job?.schedule ?? ""} ${row.job?.command ?? ""}`}
                        ...${row} />`)}</tbody>
                </table></div>`}
        </section>`;
}

function Row({line, sign, job, left}) {
    return html`
        <tr>
            <td class="right faint">${line}</td>
            <td><${Sign} ...${sign} /></td>
            ${job ? html`
                <td>${job.jobid ? html`<a class="strong" href=${`/jobs/${job.jobid}`}>${job.jobname ?? `Job ${job.jobid}`}</a>`
                        : job.jobname && html`<span class="strong">${job.jobname}</span>`}
                    <code class="block">${job.command}</code></td>
                <td><code>${job.schedule}</code>${job.timezone && html`<div class="faint small">${job.timezone}</div>`}</td>
                <td>${job.username}${job.database && html`<div class="faint small">in ${job.database}</div>`}</td>`
            : html`<td colspan="3"><code class="block">${left.text}</code><p class="small">${sentence(left.reason)}</p></td>`}
        </tr>`;
}
