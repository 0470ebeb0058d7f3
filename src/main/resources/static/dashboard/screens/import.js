/** Jobs of a crontab, or of a script for pg_cron: what would become of them is shown before it is done. */
import {html, useState} from "htm/preact/standalone.module.js";
import {useNotify} from "../parts/notices.js";
import {Failure} from "../parts/states.js";
import {useClient} from "../rest.js";
import {useSession} from "../session.js";
import {count} from "../words.js";
import {useLeaving} from "./edit/leave.js";
import {AdministratorsOnly} from "./edit/only.js";
import {Outcome} from "./import/outcome.js";

const FORMATS = {crontab: "a crontab", pg_cron: "SQL for pg_cron"};
const EXAMPLE = `CRON_TZ=Europe/Berlin
0 3 * * *  psql -d app -c 'CALL rollup()'

or

SELECT cron.schedule('rollup', '0 3 * * *', 'CALL rollup()');`;

export default function Import() {
    const {mayAdminister} = useSession();
    return mayAdminister ? html`<${Importer} />` : html`<${AdministratorsOnly} what="import jobs" />`;
}

/** By the first line that is no comment of a crontab: SQL begins with a word or with a comment of its own. */
function formatOf(text) {
    const first = text.split("\n").map(line => line.trim()).find(line => line !== "" && !line.startsWith("#")) ?? "";
    return /^(--|\/\*|\\|[a-z]+\b(?!\s*=))/i.test(first) ? "pg_cron" : "crontab";
}

function Importer() {
    const client = useClient();
    const notify = useNotify();
    const [text, setText] = useState("");
    const [chosen, setChosen] = useState("");
    const [result, setResult] = useState(null);
    const [failure, setFailure] = useState(null);
    const [isBusy, setBusy] = useState(false);
    const leaving = useLeaving(text.trim() !== "" && !(result && !result.dryRun));
    const format = chosen || formatOf(text);
    const edit = change => {
        change();
        setResult(null);
        setFailure(null);
    };
    const post = async dryRun => {
        setBusy(true);
        setFailure(null);
        try {
            const {body} = await client.send("POST", "/jobs:import", {query: {format, dryRun}, body: text,
                type: "text/plain;charset=UTF-8"});
            setResult(body);
            if (!dryRun) {
                notify(`Imported ${count(body.jobs.filter(job => job.action === "add").length, "job")}.`);
            }
        } catch (problem) {
            setResult(null);
            setFailure(problem);
        }
        setBusy(false);
    };
    const submit = event => {
        event.preventDefault();
        post(true);
    };
    return html`
        <div class="bar"><h1>Import jobs</h1></div>
        <form class="card import" onSubmit=${submit}>
            <div class="inside fields">
                <div class="option">
                    <label for="script">Crontab, or SQL for pg_cron</label>
                    <textarea id="script" spellcheck=${false} placeholder=${EXAMPLE} value=${text} aria-describedby="script-hint"
                        onInput=${event => edit(() => setText(event.target.value))}></textarea>
                    <p class="hint" id="script-hint">Of a crontab the lines with psql -c or with bare SQL can be taken over, of pg_cron the
                        calls of cron.schedule.
                        Nothing of it is executed. What is there already stays as it is.</p>
                </div>
                <div class="bar">
                    <label class="format">Read it as
                        <select value=${chosen} onChange=${event => edit(() => setChosen(event.target.value))}>
                            <option value="">${text.trim() ? `what it looks like: ${FORMATS[formatOf(text)]}`
                                : "what it looks like"}</option>
                            ${Object.entries(FORMATS).map(([value, words]) => html`<option value=${value}>${words}</option>`)}
                        </select></label>
                    <button type="submit" class=${result ? "" : "primary"} disabled=${isBusy || !text.trim()}>
                        Show what would become of it</button>
                </div>
                ${failure && html`<${Failure} failure=${failure} />`}
            </div>
        </form>
        <div aria-live="polite">${result && html`<${Outcome} result=${result} isBusy=${isBusy} act=${() => post(false)} />`}</div>
        ${leaving}`;
}
