/** What a run said in the end: its error with all that PostgreSQL tells of it. */
import {html} from "htm/preact/standalone.module.js";
import {Copy} from "./copy.js";

const FIELD = /^(ERROR|FATAL|PANIC|DETAIL|HINT|CONTEXT|QUERY|STATEMENT): +/;
const WORDS = {DETAIL: "Detail", HINT: "Hint", CONTEXT: "Where", QUERY: "Query", STATEMENT: "Statement"};

/** @return {{summary: string, fields: [string, string][]}} the parts of an error as libpq writes it */
export function partsOf(message) {
    const parts = [];
    for (const line of (message ?? "").split("\n")) {
        const match = FIELD.exec(line);
        if (match || !parts.length) {
            parts.push([match?.[1] ?? "", match ? line.slice(match[0].length) : line]);
        } else {
            parts.at(-1)[1] += "\n" + line;
        }
    }
    return {summary: parts[0][1], fields: parts.slice(1).map(([name, text]) => [WORDS[name] ?? name, text])};
}

/** The first line of a message, with its SQLSTATE. */
export const Brief = ({run}) => html`
    ${run.sqlstate && html`<code class="sqlstate" title="SQLSTATE">${run.sqlstate}</code> `}
    <span>${partsOf(run.returnMessage).summary.split("\n", 1)[0]}</span>`;

/** All of it. */
export function Message({run}) {
    const {summary, fields} = partsOf(run.returnMessage);
    return html`
        <div class="message">
            <div class="bar"><pre class="strong">${summary}</pre>
                <span class="end">${run.sqlstate && html`<span class="small faint">SQLSTATE <code>${run.sqlstate}</code></span>`}
                    <${Copy} label="Copy the message" text=${(run.sqlstate ? `SQLSTATE ${run.sqlstate}\n` : "")
                        + run.returnMessage} /></span></div>
            ${fields.length > 0 && html`<dl class="pairs">
                ${fields.map(([name, text]) => html`<dt>${name}</dt><dd><pre>${text}</pre></dd>`)}</dl>`}
            ${run.cut?.includes("returnMessage") && html`<p class="small faint">The text is longer than shown.</p>`}
        </div>`;
}
