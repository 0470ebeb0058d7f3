/** Tokens: what programs show instead of a name and a password. */
import {html, useState} from "htm/preact/standalone.module.js";
import {useActions} from "../../actions.js";
import {Copy} from "../../parts/copy.js";
import {Dialog} from "../../parts/dialog.js";
import {Ago, At} from "../../parts/moment.js";
import {useNotify} from "../../parts/notices.js";
import {Sign} from "../../parts/sign.js";
import {Empty, Failure, Loaded} from "../../parts/states.js";
import {useClient, useLoad} from "../../rest.js";

const ROLES = [
    ["metrics", "metrics: reads figures only"],
    ["reader", "reader: sees all jobs and runs"],
    ["operator", "operator: also runs, pauses and cancels"],
    ["admin", "admin: all there is"],
];
const LASTS = [["P7D", "a week"], ["P30D", "30 days"], ["P90D", "90 days"], ["P365D", "a year"], ["P1825D", "five years"]];
const SOON_MILLISECONDS = 7 * 86_400_000;

export default function Tokens() {
    const client = useClient();
    const notify = useNotify();
    const load = useLoad(rest => rest.read("/tokens"), []);
    const actions = useActions(load.reload);
    const [isAsked, setAsked] = useState(false);
    const revoke = token => actions.ask({
        title: `Revoke ${token.name}?`,
        consequences: html`<p>Whoever shows it is refused from then on, for ever, on all replicas. It was last used
            ${token.lastUsedAt ? html` <${Ago} time=${token.lastUsedAt} />` : " never"}.</p>`,
        isDangerous: true,
        action: "Revoke it",
        act: async () => {
            await client.send("DELETE", `/tokens/${token.tokenid}`);
            notify(`Revoked ${token.name}.`);
            load.reload();
        },
    });
    return html`
        <section class="card">
            <header><p class="faint">Programs show one as <code>Authorization: Bearer …</code>, and are token:NAME in the audit.</p>
                <span class="end"><button type="button" class="primary" onClick=${() => setAsked(true)}>New token…</button></span></header>
            <${Loaded} load=${load} what="tokens">${({tokens}) => tokens.length === 0
                ? html`<${Empty} title="There are no tokens."><p>Make one for Prometheus, a pipeline or a script.</p><//>`
                : html`<div class="scroll" tabindex="0"><table>
                    <thead><tr><th scope="col">Token</th><th scope="col">State</th><th scope="col">Role</th><th scope="col">Last used</th>
                        <th scope="col">Expires</th>
                        <th scope="col">Made</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
                    <tbody>${[...tokens].sort((one, other) => Number(isOver(one)) - Number(isOver(other))
                        || other.tokenid - one.tokenid).map(token => html`
                        <tr key=${token.tokenid} class=${isOver(token) ? "over" : ""}>
                            <th scope="row" class="name">${token.name}</th>
                            <td><${State} token=${token} /></td>
                            <td>${token.role}</td>
                            <td>${token.lastUsedAt ? html`<${Ago} time=${token.lastUsedAt} />`
                                : html`<span class="faint">never</span>`}</td>
                            <td><${Ago} time=${token.expiresAt} /></td>
                            <td><${Ago} time=${token.createdAt} /> <span class="faint">by ${token.createdBy}</span></td>
                            <td class="right">${!isOver(token)
                                && html`<button type="button" class="danger" aria-label=${`Revoke ${token.name}`}
                                onClick=${() => revoke(token)}>Revoke…</button>`}</td>
                        </tr>`)}
                    </tbody></table></div>`}<//>
        </section>
        ${actions.window}
        ${isAsked && html`<${NewToken} close=${() => setAsked(false)} made=${load.reload} />`}`;
}

const isOver = token => Boolean(token.revokedAt) || Date.parse(token.expiresAt) <= Date.now();

function State({token}) {
    if (token.revokedAt) {
        return html`<${Sign} sign="✕" word=${`revoked by ${token.revokedBy ?? "somebody"}`} tone="calm" />`;
    }
    const left = Date.parse(token.expiresAt) - Date.now();
    return left <= 0 ? html`<${Sign} sign="◌" word="expired" tone="calm" />`
        : left < SOON_MILLISECONDS ? html`<${Sign} sign="◔" word="expires soon" tone="warn" />`
        : html`<${Sign} sign="✓" word="good" tone="good" />`;
}

function NewToken({close, made}) {
    const client = useClient();
    const [failure, setFailure] = useState(null);
    const [token, setToken] = useState(null);
    const submit = async event => {
        event.preventDefault();
        const form = new FormData(event.target);
        try {
            const {body} = await client.send("POST", "/tokens", {
                body: {name: form.get("name").trim(), role: form.get("role"), expiresIn: form.get("lasts")},
            });
            setToken(body);
            made();
        } catch (problem) {
            setFailure(problem);
        }
    };
    if (token) {
        return html`
            <${Dialog} title=${`The token ${token.name}`} close=${close}>
                <p>Copy it now: it is shown this once, and nowhere else ever again. It is good until <${At} time=${token.expiresAt} />.</p>
                <div class="secret"><code>${token.secret}</code><${Copy} text=${token.secret} label="Copy the token" /></div>
                <footer><button type="button" class="primary" onClick=${close}>I have it</button></footer>
            <//>`;
    }
    return html`
        <${Dialog} title="New token" close=${close}>
            <form onSubmit=${submit} autocomplete="off">
                <label class="field">Name: what it is for
                    <input name="name" required maxlength="100" pattern="[A-Za-z][A-Za-z0-9._\\-]*" autofocus spellcheck=${false}
                        title="A letter, then letters, digits, points, hyphens and underscores" /></label>
                <label class="field">May<select name="role">
                    ${ROLES.map(([role, words]) => html`<option value=${role}>${words}</option>`)}</select></label>
                <label class="field">Is good for<select name="lasts" value="P90D">${LASTS.map(([duration, words]) =>
                    html`<option value=${duration} selected=${duration === "P90D"}>${words}</option>`)}</select></label>
                ${failure && html`<${Failure} failure=${failure} />`}
                <footer><button type="button" onClick=${close}>Leave it</button>
                    <button type="submit" class="primary">Make it</button></footer>
            </form>
        <//>`;
}
