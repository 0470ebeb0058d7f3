/** The command, and what is wrong with it as far as can be told without executing it: a warning and no gate. */
import {html} from "htm/preact/standalone.module.js";
import {useLater} from "../../later.js";
import {SqlEditor} from "../../parts/sql-editor.js";
import {useLoad} from "../../rest.js";
import {Wrong} from "./field.js";

const PAUSE = 500;

export function Command({form, values}) {
    const error = form.errorOf("command");
    const isElsewhere = runsElsewhere(values, form.context.scheduler);
    const check = useCheck(form.texts.command, isElsewhere);
    const finding = check.value?.findings[0];
    return html`
        <section class="card" aria-labelledby="command-title">
            <header><h2 id="command-title">Command</h2><span class="faint small">SQL, several statements if you like</span></header>
            <div class="inside fields">
                <${SqlEditor} id="command" label="Command (SQL)" value=${form.texts.command} isInvalid=${Boolean(error)}
                    description=${error?.message ?? finding?.message} isLocked=${form.isLocked("command")}
                    change=${text => form.change("command", text)} />
                <${Wrong} name="command" error=${error} />
                <div aria-live="polite"><${Verdict} check=${check} isElsewhere=${isElsewhere} /></div>
            </div>
        </section>`;
}

/** Names in the command mean nothing here if it runs in another database, or as somebody else. */
function runsElsewhere(values, scheduler) {
    return (values.database ?? scheduler.database) !== scheduler.database
        || (values.username ?? scheduler.jobUsername) !== scheduler.role
        || (values.nodename || "localhost") !== "localhost";
}

function useCheck(command, isElsewhere) {
    const settled = useLater(command, PAUSE);
    return useLoad(async (client, signal) => settled.trim() === "" ? null : (await client.send("POST", "/sql/check", {
        body: {command: settled, syntaxOnly: isElsewhere}, signal,
    })).body, [settled, isElsewhere]);
}

function Verdict({check, isElsewhere}) {
    if (check.failure) {
        return html`<p class="hint">It could not be checked: ${check.failure.message}</p>`;
    }
    if (!check.value) {
        return html`<p class="hint">It is checked while you type, and never executed by that.</p>`;
    }
    if (check.value.findings.length === 0) {
        return html`<p class="hint"><span class="good">✓ ${isElsewhere ? "Its syntax is right." : "Nothing is wrong with it"}</span>
            ${isElsewhere ? " More cannot be told from here, as it runs elsewhere or as another role."
                : " as far as can be told without executing it."}</p>`;
    }
    return check.value.findings.map(finding => html`
        <p class="warning"><span aria-hidden="true">⚠ </span>${finding.message} <span class="faint">(${finding.sqlstate})</span>
            ${finding.hint && ` ${finding.hint}`}</p>
        <p class="hint">That is no obstacle: what it needs may be there when it runs.</p>`);
}
