/** The door: with name and password, or by way of an issuer. Where it leads is the address that was wanted. */
import {html, useEffect, useState} from "htm/preact/standalone.module.js";
import {Failure} from "../parts/states.js";
import {useClient} from "../rest.js";

export default function Login({ways, loggedIn}) {
    const client = useClient();
    const [known, setKnown] = useState(ways);
    const [failure, setFailure] = useState(null);
    const [isBusy, setBusy] = useState(false);
    useEffect(() => {
        document.title = "Log in · Cronlink";
        if (!known) {
            client.session().then(loggedIn, problem => setKnown(problem.login));
        }
    }, []);
    const submit = async event => {
        event.preventDefault();
        const form = new FormData(event.target);
        setBusy(true);
        setFailure(null);
        try {
            loggedIn(await client.login(form.get("username"), form.get("password")));
        } catch (problem) {
            setFailure(problem);
            setBusy(false);
        }
    };
    return html`
        <main class="alone">
            <form class="card login" onSubmit=${submit}>
                <h1><img src="/dashboard/icon.svg" alt="" width="28" height="28" /> Cronlink</h1>
                <label class="field">User
                    <input name="username" autocomplete="username" required autofocus spellcheck=${false} autocapitalize="none" /></label>
                <label class="field">Password
                    <input name="password" type="password" autocomplete="current-password" required /></label>
                ${failure && html`<${Failure} failure=${failure} />`}
                <button type="submit" class="primary" disabled=${isBusy}>Log in</button>
                ${(known?.oidc ?? []).map(issuer => html`<a class="button" href=${issuer.url}>Log in with ${issuer.name}</a>`)}
            </form>
        </main>`;
}
