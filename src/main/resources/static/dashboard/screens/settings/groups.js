/** Common groups: so many of their jobs run at once, of all roles together. */
import {html, useState} from "htm/preact/standalone.module.js";
import {useActions} from "../../actions.js";
import {useEvents} from "../../events.js";
import {Dialog} from "../../parts/dialog.js";
import {useNotify} from "../../parts/notices.js";
import {Sign} from "../../parts/sign.js";
import {Empty, Failure, Loaded} from "../../parts/states.js";
import {useClient, useLoad} from "../../rest.js";
import {useSession} from "../../session.js";
import {count, number} from "../../words.js";
import {readAll} from "./pages.js";

export default function Groups() {
    const {mayAdminister} = useSession();
    const client = useClient();
    const notify = useNotify();
    const load = useLoad((rest, signal) => readAll(rest, "/groups", "groups", {}, {signal}), []);
    useEvents(load.reload, () => true, 2_000);
    const [edited, edit] = useState(null);
    const actions = useActions(load.reload);
    const remove = group => actions.ask({
        title: `Delete the group ${group.name}?`,
        consequences: html`<p>${group.jobs
            ? html`${count(group.jobs, "job")} ${group.jobs === 1 ? "names" : "name"} it still. Each is then in a group of its own role's
                of this name, of which one run
                at a time may be under way: jobs of different roles do not wait for each other any more.`
            : "No job names it. Nothing else changes."}</p>`,
        isDangerous: true,
        action: "Delete it",
        act: async () => {
            await client.send("DELETE", `/groups/${encodeURIComponent(group.name)}`);
            notify(`Deleted the group ${group.name}.`);
            load.reload();
        },
    });
    return html`
        <section class="card">
            <header><p class="faint">Of all jobs that name a group, whosever they are, so many run at once as it allows. The others
                wait.</p>
                ${mayAdminister && html`<span class="end"><button type="button" class="primary" onClick=${() => edit({})}>
                    New group…</button></span>`}</header>
            <${Loaded} load=${load} what="groups">${({all}) => all.length === 0
                ? html`<${Empty} title="There are no common groups."><p>
                    A job's group that is not one of these is its role's own, of which one run at a time is under way.</p><//>`
                : html`<div class="scroll" tabindex="0"><table>
                    <thead><tr><th scope="col">Group</th><th scope="col" class="right">At once</th>
                        <th scope="col" class="right">Running</th>
                        <th scope="col" class="right">Waiting</th><th scope="col" class="right">Jobs</th>
                            ${mayAdminister && html`<th scope="col"><span class="visually-hidden">Actions</span></th>`}</tr></thead>
                    <tbody>${all.map(group => html`
                        <tr key=${group.name}>
                            <th scope="row" class="name">${group.name}
                                ${group.description && html`<span class="faint small">${group.description}</span>`}</th>
                            <td class="right">${group.maxRunning === 0 ? html`<${Sign} sign="❚❚" word="held back" tone="warn" />`
                                : number(group.maxRunning)}</td>
                            <td class="right"><${Share} group=${group} /></td>
                            <td class="right">${number(group.waiting)}</td>
                            <td class="right"><a href=${`/?group=${encodeURIComponent(group.name)}`}>${number(group.jobs)}</a></td>
                            ${mayAdminister && html`<td class="right nowrap">
                                <button type="button" aria-label=${`Change ${group.name}`} onClick=${() => edit(group)}>Change…</button>
                                ${" "}<button type="button" class="danger" aria-label=${`Delete ${group.name}`}
                                    onClick=${() => remove(group)}>Delete…</button></td>`}
                        </tr>`)}
                    </tbody></table></div>`}<//>
        </section>
        ${actions.window}
        ${edited && html`<${Edit} group=${edited} close=${() => edit(null)} saved=${load.reload} />`}`;
}

const Share = ({group}) => html`<span class=${group.running >= group.maxRunning && group.waiting ? "warn strong" : ""}>
    ${number(group.running)}</span>`;

function Edit({group, close, saved}) {
    const client = useClient();
    const notify = useNotify();
    const [failure, setFailure] = useState(null);
    const [most, setMost] = useState(String(group.maxRunning ?? 1));
    const isNew = group.name === undefined;
    const submit = async event => {
        event.preventDefault();
        const form = new FormData(event.target);
        const name = group.name ?? form.get("name").trim();
        try {
            await client.send("PUT", `/groups/${encodeURIComponent(name)}`, {
                body: {maxRunning: Number(most), description: form.get("description").trim() || null},
            });
            notify(isNew ? `The group ${name} is there.` : `Changed the group ${name}.`);
            close();
            saved();
        } catch (problem) {
            setFailure(problem);
        }
    };
    return html`
        <${Dialog} title=${isNew ? "New group" : `Change the group ${group.name}`} close=${close}>
            <form onSubmit=${submit}>
                ${isNew && html`<label class="field">Name, as jobs write
                    it<input name="name" required maxlength="200" autofocus autocomplete="off" /></label>`}
                <label class="field">Runs of its jobs at once
                    <input type="number" min="0" max="1000" required value=${most}
                        onInput=${event => setMost(event.target.value)} /></label>
                <label class="field">Description, for people
                    <input name="description" maxlength="1000" value=${group.description ?? ""} autocomplete="off" /></label>
                <p class="small">${consequence(group, Number(most))}</p>
                ${failure && html`<${Failure} failure=${failure} />`}
                <footer><button type="button" onClick=${close}>Leave it</button>
                    <button type="submit" class="primary">${isNew ? "Make it" : "Save"}</button></footer>
            </form>
        <//>`;
}

function consequence(group, most) {
    if (most === 0) {
        return "0 holds it back: none of its jobs starts until this is raised. What runs goes on.";
    }
    if (group.running > most) {
        return `${count(group.running, "run")} of it are under way, and go on: nothing more starts until fewer than ${number(most)} run.`;
    }
    return `In force within a second, with what runs and waits then. ${count(most, "run")} at once, of all roles together.`;
}
