/** What changes, old and new, before it is saved. */
import {html} from "htm/preact/standalone.module.js";
import {OPTIONS, worded} from "../../options.js";

const MOST_LINES = 40;

export function Difference({names, before, after, context}) {
    return html`
        <dl class="difference">${names.map(name => html`
            <div key=${name}>
                <dt>${OPTIONS[name].label}</dt>
                ${isLong(before[name]) || isLong(after[name])
                    ? html`<dd><${Lines} before=${before[name] ?? ""} after=${after[name] ?? ""} /></dd>`
                    : html`<dd><del>${shown(name, before[name], context)}</del><span aria-hidden="true"> → </span>
                        <span class="visually-hidden"> becomes </span>
                        <ins>${shown(name, after[name], context)}</ins></dd>`}
            </div>`)}
        </dl>`;
}

export const shown = (name, value, context) => value === null || value === undefined
    ? `${worded(name, null, context)}${OPTIONS[name].unset === "none" ? "" : " (default)"}`
    : worded(name, value, context);

const isLong = value => typeof value === "string" && (value.includes("\n") || value.length > 60);

/** What is the same at the begin and at the end is left out. */
function Lines({before, after}) {
    const old = before.split("\n");
    const now = after.split("\n");
    let begin = 0;
    while (begin < Math.min(old.length, now.length) && old[begin] === now[begin]) {
        begin++;
    }
    let end = 0;
    while (end < Math.min(old.length, now.length) - begin && old[old.length - 1 - end] === now[now.length - 1 - end]) {
        end++;
    }
    const gone = old.slice(begin, old.length - end);
    const come = now.slice(begin, now.length - end);
    return html`<pre class="lines">${begin > 0 && html`<span class="faint">…</span>`}${marked("−", "del", gone)}${marked("+", "ins", come)}
        ${end > 0 && html`<span class="faint">…</span>`}</pre>`;
}

function marked(sign, element, lines) {
    const some = lines.slice(0, MOST_LINES).map(line => html`<${element}>${`${sign} ${line}`}<//>`);
    return lines.length > MOST_LINES ? [...some, html`<span class="faint">${sign} and ${lines.length - MOST_LINES} more</span>`] : some;
}
