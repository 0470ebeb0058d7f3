/** Somebody else was faster: who, and what became of what both had before them. */
import {html, useEffect, useRef} from "htm/preact/standalone.module.js";
import {Ago} from "../../parts/moment.js";
import {OPTIONS} from "../../options.js";
import {shown} from "./difference.js";

/** Who changed a job last; null if that cannot be told. */
export async function lastChange(client, jobid) {
    const pages = await Promise.all(["job", "options"].map(objectType =>
        client.read("/audit", {objectType, objectId: jobid, limit: 1}).catch(() => ({entries: []}))));
    return pages.flatMap(page => page.entries).sort((one, other) => other.auditid - one.auditid)[0] ?? null;
}

/**
 * @param rival {change, names, before, after}: an entry of the audit, and what the job was and is
 * @param mine what was typed here
 * @param touched the names of what was changed here
 */
export function Rival({rival, mine, touched, context, takeTheirs}) {
    const {change, names, before, after} = rival;
    const title = useRef(null);
    useEffect(() => {
        title.current.focus({preventScroll: true});
        title.current.scrollIntoView({block: "center"});
    }, [rival]);
    return html`
        <section class="notice warn rival" role="alert" aria-labelledby="rival-title">
            <h2 id="rival-title" ref=${title} tabindex="-1">${change ? change.actor ?? change.role : "Somebody"} was faster</h2>
            <p>The job was changed${change && html` <${Ago} time=${change.changedAt} />`} while it was open here. Nothing of yours is
                saved yet.
                What you have typed stands; save it again, and it replaces theirs where both have changed the same.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="What both have changed"><table>
                <thead><tr><th>What</th><th>When you began</th><th>Theirs</th><th>Yours</th></tr></thead>
                <tbody>${names.map(name => html`
                    <tr key=${name}><th scope="row">${OPTIONS[name].label}</th>
                        ${[before, after].map(values => html`<td><span class="excerpt">${shown(name, values[name], context)}</span></td>`)}
                        <td>${touched.includes(name) ? html`<span class="excerpt">${shown(name, mine[name], context)}</span>`
                            : html`<span class="faint">not touched</span>`}</td></tr>`)}
                </tbody></table></div>
            <button type="button" onClick=${takeTheirs}>Drop mine, take theirs</button>
        </section>`;
}
