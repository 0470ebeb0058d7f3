/** It is saved, but the database has something to say about it. */
import {html, useEffect, useRef} from "htm/preact/standalone.module.js";
import {nameOf, sentence} from "../../words.js";

export function Saved({job, isThere}) {
    const title = useRef(null);
    useEffect(() => title.current.focus(), []);
    return html`
        <section class="card">
            <header><h2 ref=${title} tabindex="-1"><span class="good" aria-hidden="true">✓ </span>
                ${isThere ? "Saved" : "Made"} ${nameOf(job)}</h2></header>
            <div class="inside fields">
                <p>The database has ${job.warnings.length === 1 ? "something" : "some things"} to say about it:</p>
                ${job.warnings.map(warning =>
                    html`<div class="notice warn"><p>${sentence(warning.message)}</p>
                    ${warning.hint && html`<p>${warning.hint}</p>`}</div>`)}
                <div class="bar"><a class="button primary" href=${`/jobs/${job.jobid}`}>To the job</a></div>
            </div>
        </section>`;
}
