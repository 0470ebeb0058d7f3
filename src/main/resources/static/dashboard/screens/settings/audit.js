/** Who changed or ran what: the latest first, filtered by the address. */
import {html} from "htm/preact/standalone.module.js";
import {useEvents} from "../../events.js";
import {useQuery} from "../../location.js";
import {At} from "../../parts/moment.js";
import {Empty, Loaded} from "../../parts/states.js";
import {usePages} from "./pages.js";

/** What kinds there are, and where such an object is shown. */
const TYPES = {
    job: id => id && `/jobs/${id}`,
    options: id => id && `/jobs/${id}`,
    run: id => id && `/runs/${id}`,
    group: () => "/settings/groups",
    login: () => "/settings/logins",
    settings: () => "/settings/scheduler",
    token: () => "/settings/tokens",
    alarms: id => id && `/jobs/${id}`,
    "alarm settings": () => "/settings/alarms",
};

const ACTIONS = {
    "insert": "made", "update": "changed", "delete": "deleted", "truncate": "emptied",
    "run": "ran", "run once": "ran once", "rerun": "ran again", "cancel": "canceled", "delete runs": "deleted the runs of",
    "add login": "added", "drop login": "forgot", "add token": "made", "revoke token": "revoked",
};

export default function Audit() {
    const [query, setQuery] = useQuery();
    const load = usePages("/audit", "entries", {objectType: query.objectType, objectId: query.objectId});
    useEvents(load.reload, event => !event.type.startsWith("run-"), 2_000);
    return html`
        <section class="card">
            <header>
                <label>About <select value=${query.objectType ?? ""} onChange=${event => setQuery({objectType: event.target.value})}>
                    <option value="">everything</option>
                        ${Object.keys(TYPES).map(type => html`<option value=${type}>${type}</option>`)}</select></label>
                <label>Number or name <input type="search" size="12" value=${query.objectId ?? ""}
                    onInput=${event => setQuery({objectId: event.target.value.trim()})} /></label>
                ${(query.objectType || query.objectId)
                    && html`<button type="button" class="quiet" onClick=${() => setQuery({objectType: "", objectId: ""})}>
                    All entries</button>`}
            </header>
            <${Loaded} load=${load} what="the audit">${({entries, next}) => entries.length === 0
                ? html`<${Empty} title=${query.objectType || query.objectId ? "No entry is about that."
                    : "Nobody has changed anything yet."} />`
                : html`<ol class="audit">${entries.map(entry => html`<${Entry} key=${entry.auditid} entry=${entry} />`)}</ol>
                    ${next !== null && html`<p class="inside"><button type="button" onClick=${load.more} disabled=${load.isLoading}>
                        Older ones</button></p>`}`}<//>
        </section>`;
}

function Entry({entry}) {
    const href = TYPES[entry.objectType]?.(entry.objectId);
    const name = entry.after?.jobname ?? entry.before?.jobname;
    const what = `${entry.objectType === "options" ? "options of job" : entry.objectType} ${entry.objectId}`.trim();
    return html`
        <li>
            <span class="faint nowrap small"><${At} time=${entry.changedAt} /></span>
            <div>
                <p><strong>${entry.actor ?? entry.role}</strong>${entry.actor && entry.actor !== entry.role
                    && html` <span class="faint small">as ${entry.role}</span>`}
                    ${` ${ACTIONS[entry.action] ?? entry.action} `}${href ? html`<a href=${href}>${what}</a>` : what}
                    ${name && ` ${name}`}${entry.username && html` <span class="faint small">of ${entry.username}</span>`}</p>
                ${entry.note && html`<p class="note">${entry.note}</p>`}
                <${Difference} before=${entry.before} after=${entry.after} />
            </div>
        </li>`;
}

const text = value => value === null || value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** What became of each property; what is new or gone is only told as it is or was. */
function Difference({before, after}) {
    const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
        .filter(name => text(before?.[name]) !== text(after?.[name]));
    if (names.length === 0) {
        return null;
    }
    return html`<dl class="change">${names.map(name => html`
        <div><dt>${name}</dt><dd>${before && html`<del>${text(before[name])}</del>`}
            ${before && after && html`<span class="faint" aria-label="is now"> → </span>`}
            ${after && html`<ins>${text(after[name])}</ins>`}</dd></div>`)}</dl>`;
}
