/** How jobs log in as their roles, and the foreign servers that they may run on. */
import {html, useState} from "htm/preact/standalone.module.js";
import {useActions} from "../../actions.js";
import {Dialog} from "../../parts/dialog.js";
import {useNotify} from "../../parts/notices.js";
import {Sign} from "../../parts/sign.js";
import {Empty, Failure, Loaded} from "../../parts/states.js";
import {useClient, useLoad} from "../../rest.js";
import {useSession} from "../../session.js";
import {count, number} from "../../words.js";
import {readAll} from "./pages.js";

export default function Logins() {
    const {mayAdminister} = useSession();
    const client = useClient();
    const notify = useNotify();
    const load = useLoad((rest, signal) => readAll(rest, "/logins", "logins", {}, {signal}), []);
    const [edited, edit] = useState(null);
    const actions = useActions(load.reload);
    const drop = login => actions.ask({
        title: `Forget the login of ${login.username}?`,
        consequences: html`<p>Its password is forgotten. ${login.jobs
            ? `Its ${count(login.jobs, "job")} stay, and fail from then on, until it has a login again.` : "It has no jobs."}
            ${" "}Roles that log in by way of it cannot do so any more. What runs goes on.</p>`,
        isDangerous: true,
        action: "Forget it",
        act: async () => {
            await client.send("DELETE", `/logins/${encodeURIComponent(login.username)}`);
            notify(`The login of ${login.username} is forgotten.`);
            load.reload();
        },
    });
    return html`
        <section class="card">
            <header><div><h2>Logins</h2><p class="faint small">Each role that has jobs, or a login for them. No password is ever
                shown.</p></div>
                ${mayAdminister && html`<span class="end"><button type="button" class="primary" onClick=${() => edit({})}>
                    Add a login…</button></span>`}</header>
            <${Loaded} load=${load} what="logins">${({all}) => all.length === 0
                ? html`<${Empty} title="No role has jobs or a login." />`
                : html`<div class="scroll" tabindex="0"><table>
                    <thead><tr><th scope="col">Role</th><th scope="col">Logs in</th><th scope="col">State</th>
                        <th scope="col" class="right">Jobs</th>
                        ${mayAdminister && html`<th scope="col"><span class="visually-hidden">Actions</span></th>`}</tr></thead>
                    <tbody>${all.map(login => html`
                        <tr key=${login.username}>
                            <th scope="row" class="name">${login.username}</th>
                            <td>${login.via ? html`by way of <strong>${login.via}</strong>` : "itself"}</td>
                            <td>${login.obstacle
                                ? html`<${Sign} sign="✕" word="cannot log in" tone="bad" /><p class="small obstacle">${login.obstacle}</p>`
                                : html`<${Sign} sign="✓" word="nothing stands in its way" tone="good" />`}</td>
                            <td class="right"><a href=${`/?username=${encodeURIComponent(login.username)}`}>${number(login.jobs)}</a></td>
                            ${mayAdminister && html`<td class="right nowrap">
                                <button type="button" aria-label=${`Change the login of ${login.username}`} onClick=${() => edit(login)}>
                                    Change…</button>
                                ${" "}<button type="button" class="danger" aria-label=${`Forget the login of ${login.username}`}
                                    onClick=${() => drop(login)}>Forget…</button></td>`}
                        </tr>`)}
                    </tbody></table></div>`}<//>
        </section>
        <${Servers} />
        ${actions.window}
        ${edited && html`<${Edit} login=${edited} others=${load.value?.all ?? []} close=${() => edit(null)} saved=${load.reload} />`}`;
}

function Edit({login, others, close, saved}) {
    const client = useClient();
    const notify = useNotify();
    const [failure, setFailure] = useState(null);
    const [isBusy, setBusy] = useState(false);
    const [byPassword, setByPassword] = useState(!login.via);
    const submit = async event => {
        event.preventDefault();
        const form = new FormData(event.target);
        const username = login.username ?? form.get("role").trim();
        setBusy(true);
        try {
            await client.send("PUT", `/logins/${encodeURIComponent(username)}`, {
                body: byPassword ? {password: form.get("secret")} : {via: form.get("via").trim()},
            });
            notify(`${username} can log in: it has been tried.`);
            close();
            saved();
        } catch (problem) {
            setFailure(problem);
            setBusy(false);
        }
    };
    return html`
        <${Dialog} title=${login.username ? `How ${login.username} logs in` : "Add a login"} close=${close}>
            <form onSubmit=${submit} autocomplete="off">
                ${!login.username && html`<label class="field">Role, as the database knows it
                    <input name="role" required maxlength="63" autofocus autocomplete="off" spellcheck=${false} /></label>`}
                <fieldset class="ways"><legend>It logs in</legend>
                    <label><input type="radio" name="way" checked=${byPassword} onChange=${() => setByPassword(true)} /> with its
                        password</label>
                    <label><input type="radio" name="way" checked=${!byPassword} onChange=${() => setByPassword(false)} /> by way of
                        another role</label>
                </fieldset>
                ${byPassword
                    ? html`<label class="field">Its password<input name="secret" type="password" required
                        autocomplete="new-password" /></label>
                        <p class="faint small">It is kept where only the scheduler reads it, and is not shown again.</p>`
                    : html`<label class="field">The role that logs in for
                        it<input name="via" list="registered" required autocomplete="off" spellcheck=${false} /></label>
                        <datalist id="registered">${others.filter(one => one.username !== login.username && !one.via).map(one =>
                            html`<option value=${one.username}></option>`)}</datalist>
                        <p class="faint small">That one must be registered with its password, and be a member of this role: it logs in and
                            becomes it.</p>`}
                <p class="small">The database tries it before it keeps it.</p>
                ${failure && html`<${Failure} failure=${failure} />`}
                <footer><button type="button" onClick=${close}>Leave it</button>
                    <button type="submit" class="primary" disabled=${isBusy}>Try and keep it</button></footer>
            </form>
        <//>`;
}

function Servers() {
    const load = useLoad(client => client.read("/servers"), []);
    return html`
        <section class="card">
            <header><div><h2>Foreign servers</h2><p class="faint small">
                Where jobs can run besides this one: made in the database by CREATE SERVER, read here.</p></div></header>
            <${Loaded} load=${load} what="servers">${({servers}) => servers.length === 0
                ? html`<${Empty} title="There are none."><p>Jobs run on this server, or on the host and port that they name.</p><//>`
                : html`<div class="scroll" tabindex="0"><table>
                    <thead><tr><th scope="col">Server</th><th scope="col">Where</th><th scope="col">TLS</th>
                        <th scope="col">Roles with a mapping</th><th scope="col">Owner</th></tr></thead>
                    <tbody>${servers.map(server => html`
                        <tr key=${server.name}>
                            <th scope="row" class="name">${server.name}<span class="faint small">${server.wrapper}</span></th>
                            <td class="mono">${server.host ?? "local socket"}${server.port ? `:${server.port}` : ""}
                                ${server.dbname ? `/${server.dbname}` : ""}</td>
                            <td>${server.sslmode ?? "by default"}</td>
                            <td class="list">${server.usernames.join(", ") || html`<span class="warn">none</span>`}</td>
                            <td>${server.owner}</td>
                        </tr>`)}
                    </tbody></table></div>`}<//>
        </section>`;
}
