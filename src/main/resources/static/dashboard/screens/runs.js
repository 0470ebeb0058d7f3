/** Runs of all jobs: what is looked for stands in the address, and new ones come as they happen. */
import {html} from "htm/preact/standalone.module.js";
import {useActions} from "../actions.js";
import {useTyped} from "../later.js";
import {useQuery} from "../location.js";
import {RunList} from "../parts/runs.js";
import {Empty} from "../parts/states.js";
import {useLoad} from "../rest.js";
import {useRuns} from "../runs.js";
import {nameOf, patternOf, STATUSES} from "../words.js";

const FILTERS = ["status", "jobid", "name", "trigger", "username", "message", "from", "until"];
const TRIGGERS = {"schedule": "schedule", "manual": "by hand", "retry": "retry", "after": "after another", "catch-up": "made up for",
    "reboot": "at start"};
const TYPING_MILLISECONDS = 400;

export default function Runs() {
    const [query, change] = useQuery();
    const filter = Object.fromEntries(FILTERS.filter(name => query[name]).map(name => [name, query[name]]));
    const list = useRuns({...filter, name: filter.name && patternOf(filter.name)});
    const actions = useActions(list.reload);
    const isFiltered = Object.keys(filter).length > 0;
    const clear = () => change(Object.fromEntries(FILTERS.map(name => [name, null])), {replace: false});
    return html`
        <h1>Runs</h1>
        <section class="card" aria-label="Runs">
            <header class="filters">
                <${StatusFilter} chosen=${filter.status} />
                <div class="fields">
                    ${filter.jobid ? html`<${JobFilter} jobid=${filter.jobid} clear=${() => change({jobid: null})} />`
                        : html`<label class="field">Job<${Typed} name="name" value=${filter.name} change=${change}
                            placeholder="its name" /></label>`}
                    <label class="field">Message has<${Typed} name="message" value=${filter.message} change=${change}
                        placeholder="deadlock" /></label>
                    <label class="field">Made by<select value=${filter.trigger ?? ""}
                        onChange=${event => change({trigger: event.target.value})}>
                        <option value="">anything</option>
                        ${Object.entries(TRIGGERS).map(([value, word]) => html`<option value=${value}>${word}</option>`)}</select></label>
                    <label class="field">Role<${Typed} name="username" value=${filter.username} change=${change}
                        placeholder="any" /></label>
                    <label class="field">From<${Time} name="from" value=${filter.from} change=${change} /></label>
                    <label class="field">Until<${Time} name="until" value=${filter.until} change=${change} /></label>
                    ${isFiltered && html`<button type="button" onClick=${clear}>Clear</button>`}
                </div>
            </header>
            <${RunList} list=${list} actions=${actions} showJob=${true}>
                <${Empty} title=${isFiltered ? "No run fits." : "Nothing has run yet."}>
                    ${isFiltered ? html`<button type="button" onClick=${clear}>Show all</button>`
                        : html`<p>Runs appear here as they start.</p>`}
                <//>
            <//>
        </section>
        ${actions.window}`;
}

/** Links, so that each can be opened beside. */
function StatusFilter({chosen}) {
    const to = status => {
        const query = new URLSearchParams(location.search);
        status ? query.set("status", status) : query.delete("status");
        return `/runs${query.size ? "?" + query : ""}`;
    };
    return html`
        <nav class="choices" aria-label="Status">
            <a href=${to(null)} aria-current=${chosen ? undefined : "true"}>all</a>
            ${Object.entries(STATUSES).map(([status, {word, sign, tone}]) => html`
                <a href=${to(status)} aria-current=${chosen === status ? "true" : undefined}>
                    <span class=${`glyph ${tone}`} aria-hidden="true">${sign}</span> ${word}</a>`)}
        </nav>`;
}

function JobFilter({jobid, clear}) {
    const {value} = useLoad((client, signal) => client.read(`/jobs/${jobid}`, {}, {signal}), [jobid]);
    const name = value ? nameOf(value) : `Job ${jobid}`;
    return html`<div class="field"><span>Job</span>
        <span class="chip"><a href=${`/jobs/${jobid}`}>${name}</a>
            <button type="button" class="quiet" aria-label=${`Runs of all jobs, not of ${name} only`}
                onClick=${clear}>✕</button></span></div>`;
}

/** A filter that is typed goes into the address when the typing pauses. */
function Typed({name, value = "", change, placeholder}) {
    const [text, setText] = useTyped(value, typed => change({[name]: typed}), TYPING_MILLISECONDS);
    return html`<input type="search" value=${text} placeholder=${placeholder} spellcheck="false"
        onInput=${event => setText(event.target.value)} />`;
}

/** The address has an instant, the field the viewer's clock. */
function Time({name, value, change}) {
    const date = value ? new Date(value) : null;
    const shown = date && !Number.isNaN(date.getTime())
        ? new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : "";
    return html`<input type="datetime-local" value=${shown}
        onChange=${event => change({[name]: event.target.value ? new Date(event.target.value).toISOString() : null})} />`;
}
