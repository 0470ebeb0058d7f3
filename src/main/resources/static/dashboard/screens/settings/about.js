/** What is installed, where it is described and how to take the jobs along; and the doctor. */
import {html} from "htm/preact/standalone.module.js";
import {address} from "../../rest.js";
import {useScheduler} from "../../scheduler.js";
import {useSession} from "../../session.js";
import {count} from "../../words.js";
import {Doctor} from "./doctor.js";

const EXPORTS = [
    ["yaml", "cronlink-jobs.yaml", "a file that, applied, changes nothing"],
    ["sql", "cronlink-jobs.sql", "statements for another Cronlink"],
    ["pg_cron", "pg_cron-jobs.sql", "statements for pg_cron"],
];

export default function About() {
    const {value} = useScheduler();
    const session = useSession();
    return html`
        <${Doctor} />
        <section class="card">
            <header><h2>About</h2></header>
            <dl class="pairs inside">
                <dt>Cronlink</dt><dd>${value?.version ?? "…"}</dd>
                <dt>PostgreSQL</dt><dd>${value?.serverVersion ?? "…"}, database ${value?.database ?? "…"}</dd>
                <dt>You</dt><dd>${session.user}, ${session.role}</dd>
                <dt>REST</dt><dd><a href=${address("/openapi.yaml")} download="cronlink-openapi.yaml">
                    Its description</a> <span class="faint">(OpenAPI 3.1)</span>;
                    of files of jobs <a href=${address("/jobs-file.schema.json")} download="cronlink-jobs.schema.json">
                        the JSON schema</a></dd>
            </dl>
        </section>
        <section class="card">
            <header><div><h2>Take the jobs along</h2><p class="faint small">
                ${value ? `All ${count(value.jobs, "job")}, each in a form of your choice.` : ""}</p></div></header>
            <ul class="lines">${EXPORTS.map(([format, file, words]) => html`
                <li><a class="button" href=${address("/jobs:export", {format})} download=${file}>${format}</a>
                    <p class="faint">${words}</p></li>`)}</ul>
        </section>`;
}
