/** Properties that are read and changed together, with what each means; what would change is shown before it does. */
import {html, useState} from "htm/preact/standalone.module.js";
import {Dialog} from "../../parts/dialog.js";
import {useNotify} from "../../parts/notices.js";
import {Failure, Loaded} from "../../parts/states.js";
import {useEvents} from "../../events.js";
import {useClient, useLoad} from "../../rest.js";
import {useSession} from "../../session.js";
import {count} from "../../words.js";
import {Input, read, say, write} from "./fields.js";

const fieldsOf = groups => groups.flatMap(group => group.fields);

/**
 * @param path where they are read, and changed by a merge patch
 * @param groups each {title, help, fields}
 */
export function PropertyForm({path, groups}) {
    const load = useLoad(client => client.send("GET", path), [path]);
    useEvents(load.reload, event => event.type === "settings-changed");
    return html`<${Loaded} load=${load} what="settings">
        ${answer => html`<${Form} answer=${answer} ...${{path, groups}} reload=${load.reload} />`}<//>`;
}

function Form({answer, path, groups, reload}) {
    const {mayAdminister} = useSession();
    const [typed, setTyped] = useState({});
    const [isAsked, setAsked] = useState(false);
    const values = answer.body;
    const changes = [];
    const faults = {};
    for (const field of fieldsOf(groups).filter(one => one.name in typed)) {
        try {
            const value = read(field, typed[field.name]);
            if (value !== (values[field.name] ?? null)) {
                changes.push({field, before: values[field.name] ?? null, after: value});
            }
        } catch (fault) {
            faults[field.name] = fault.message;
        }
    }
    const hasFaults = Object.keys(faults).length > 0;
    return html`
        <form class="properties" noValidate onSubmit=${event => {
            event.preventDefault();
            setAsked(changes.length > 0 && !hasFaults);
        }}>
            ${groups.map(group => html`
                <section class="card">
                    <header><div><h2>${group.title}</h2>${group.help && html`<p class="faint small">${group.help}</p>`}</div></header>
                    ${group.fields.map(field => html`
                        <${Property} key=${field.name} field=${field} value=${values[field.name] ?? null} mayChange=${mayAdminister}
                            text=${typed[field.name] ?? write(field, values[field.name])} fault=${faults[field.name]}
                            isChanged=${changes.some(change => change.field === field)}
                            change=${text => setTyped(before => ({...before, [field.name]: text}))} />`)}
                </section>`)}
            ${(changes.length > 0 || hasFaults) && html`
                <div class="card pending" role="status">
                    <span>${hasFaults ? "Something is not right yet." : `${count(changes.length, "change")}, not saved yet.`}</span>
                    <button type="button" onClick=${() => setTyped({})}>Discard</button>
                    <button type="submit" class="primary" disabled=${hasFaults}>Review and save…</button>
                </div>`}
        </form>
        ${isAsked && html`<${Review} path=${path} etag=${answer.etag} changes=${changes} close=${() => setAsked(false)}
            saved=${() => (setTyped({}), reload())} reload=${reload} />`}`;
}

function Property({field, value, text, fault, isChanged, mayChange, change}) {
    const help = `help-${field.name}`;
    return html`
        <div class=${`property ${isChanged ? "changed" : ""}`}>
            <div>
                ${mayChange ? html`<label for=${`field-${field.name}`}>${field.label}</label>`
                    : html`<span class="label">${field.label}</span>`}
                <p class="faint small" id=${help}>${field.help}</p>
            </div>
            <div class="value">
                ${mayChange
                    ? html`<${Input} field=${field} text=${text} change=${change} describedBy=${help} isWrong=${Boolean(fault)} />`
                    : html`<span class=${value === null ? "faint" : "strong"}>${say(field, value)}</span>`}
                ${fault && html`<p class="error">${fault}</p>`}
                ${isChanged && html`<p class="small warn">was ${say(field, value)}</p>`}
            </div>
        </div>`;
}

/** What would be changed. Who has read an older state is told, and nothing is overwritten. */
function Review({path, etag, changes, close, saved, reload}) {
    const client = useClient();
    const notify = useNotify();
    const [failure, setFailure] = useState(null);
    const [isBusy, setBusy] = useState(false);
    const save = async event => {
        event.preventDefault();
        setBusy(true);
        try {
            await client.send("PATCH", path, {
                type: "application/merge-patch+json",
                headers: etag ? {"If-Match": etag} : {},
                body: Object.fromEntries(changes.map(({field, after}) => [field.name, after])),
            });
            notify(`Saved ${count(changes.length, "change")}.`);
            close();
            saved();
        } catch (problem) {
            setFailure(problem);
            setBusy(false);
        }
    };
    const isOutdated = failure?.status === 412;
    return html`
        <${Dialog} title="Save these changes?" close=${close}>
            <form onSubmit=${save}>
                <div class="scroll" tabindex="0"><table class="difference">
                    <thead><tr><th scope="col">Setting</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
                    <tbody>${changes.map(({field, before, after}) => html`
                        <tr key=${field.name}><th scope="row">${field.label}</th><td><del>${say(field, before)}</del></td>
                            <td><ins>${say(field, after)}</ins></td></tr>`)}
                    </tbody>
                </table></div>
                <p class="faint small">They are in force at once, for whatever starts from then on.</p>
                ${isOutdated
                    ? html`<div class="notice warn" role="alert"><p>Somebody else has changed the settings meanwhile. Nothing of yours is
                        saved.</p>
                        <button type="button" onClick=${() => (close(), reload())}>See theirs, keep mine</button></div>`
                    : failure && html`<${Failure} failure=${failure} />`}
                <footer>
                    <button type="button" onClick=${close}>Not yet</button>
                    <button type="submit" class="primary" disabled=${isBusy || isOutdated}>Save</button>
                </footer>
            </form>
        <//>`;
}
