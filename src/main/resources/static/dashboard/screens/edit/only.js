/** What somebody sees who may not do what the screen is for. */
import {html} from "htm/preact/standalone.module.js";
import {useSession} from "../../session.js";

export function AdministratorsOnly({what, jobid}) {
    const {user, role} = useSession();
    return html`
        <div class="card empty">
            <h1>Only administrators ${what}</h1>
            <p>You are ${user}, with the role ${role}.</p>
            <p><a href=${jobid ? `/jobs/${jobid}` : "/"}>${jobid ? "To the job" : "To the overview"}</a></p>
        </div>`;
}
