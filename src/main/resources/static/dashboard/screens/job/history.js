/** Who changed a job: each property before and after. */
import {html, useEffect, useState} from "htm/preact/standalone.module.js";
import {useEvents} from "../../events.js";
import {At, Ago} from "../../parts/moment.js";
import {Empty, Failure, Loading} from "../../parts/states.js";
import {useClient, useLoad} from "../../rest.js";

const PAGE = 30;
const ACTIONS = {insert: "made it", update: "changed it", delete: "deleted it"};

export function History({jobid}) {
    const client = useClient();
    const first = useLoad((reader, signal) => reader.read("/audit", {objectType: "job", objectId: jobid, limit: PAGE}, {signal}), [jobid]);
    const [older, setOlder] = useState([]);
    const [failure, setFailure] = useState(null);
    useEvents(first.reload, event => event.type === "job-changed" && event.data.jobid === jobid, 1_000);
    useEffect(() => setOlder([]), [first.value]);
    if (!first.value) {
        return first.failure ? html`<${Failure} failure=${first.failure} retry=${first.reload} />`
            : html`<${Loading} what="its history" />`;
    }
    const pages = [first.value, ...older];
    const entries = pages.flatMap(page => page.entries);
    const {next} = pages.at(-1);
    const more = async () => {
        try {
            setFailure(null);
            const page = await client.read("/audit", {objectType: "job", objectId: jobid, limit: PAGE, before: next});
            setOlder(all => [...all, page]);
        } catch (problem) {
            setFailure(problem);
        }
    };
    if (!entries.length) {
        return html`<${Empty} title="Nothing is kept of its changes.">
            <p>They are older than the history, or older than version 0.2.0.</p><//>`;
    }
    return html`
        <ol class="changes">${entries.map(entry => html`<${Entry} key=${entry.auditid} entry=${entry} />`)}</ol>
        ${failure && html`<${Failure} failure=${failure} retry=${more} />`}
        ${next !== null && html`<p class="foot"><button type="button" onClick=${more}>Show older</button></p>`}`;
}

const Entry = ({entry}) => html`
    <li>
        <p class="bar"><strong>${entry.actor ?? entry.role}</strong> <span>${ACTIONS[entry.action] ?? entry.action}</span>
            ${entry.note && html`<span class="faint">${entry.note}</span>`}
            <span class="end small faint"><${At} time=${entry.changedAt} /> · <${Ago} time=${entry.changedAt} /></span></p>
        <${Changes} before=${entry.before} after=${entry.after} />
    </li>`;

/** Columns have the names that SQL has for them. */
const words = name => name.replace(/_/g, " ").replace(/[A-Z]/g, letter => " " + letter.toLowerCase());

function Changes({before, after}) {
    const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
    return names.length > 0 && html`<dl class="pairs small">${names.map(name => html`
        <dt>${words(name)}</dt>
        <dd>${before && html`<del><span class="visually-hidden">from </span><${Value} value=${before[name]} /></del>`}
            ${before && after && html`<span class="faint" aria-hidden="true"> → </span>`}
            ${after && html`<ins>${before && html`<span class="visually-hidden">to </span>`}<${Value} value=${after[name]} /></ins>`}
                </dd>`)}</dl>`;
}

const Value = ({value}) => value === null || value === undefined ? html`<span class="faint">nothing</span>`
    : html`<code>${typeof value === "string" ? value : JSON.stringify(value)}</code>`;
