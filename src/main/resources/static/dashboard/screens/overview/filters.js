/** The filters of the list of jobs, which are those of GET /jobs, and stand in the address. */
import {html} from "htm/preact/standalone.module.js";
import {useTyped} from "../../later.js";
import {patternOf} from "../../words.js";

const TYPING_MILLISECONDS = 250;
const EXACT = ["condition", "username", "database", "group"];

/** The filter of an address; `q` is looked for in names, or behind "sql:" in commands. */
export function filterOf({q, ...query}) {
    const filter = Object.fromEntries(EXACT.filter(name => query[name]).map(name => [name, query[name]]));
    if (q?.startsWith("sql:")) {
        return q.length > 4 ? {...filter, command: q.slice(4).trim()} : filter;
    }
    return q ? {...filter, name: patternOf(q)} : filter;
}

export function Filters({query, change}) {
    const [text, setText] = useTyped(query.q ?? "", q => change({q}), TYPING_MILLISECONDS);
    const others = EXACT.filter(name => name !== "condition" && query[name]);
    return html`
        ${others.map(name => html`<button type="button" class="filter" onClick=${() => change({[name]: null})}>
            ${name} ${query[name]} ✕</button>`)}
        <input type="search" value=${text} onInput=${event => setText(event.target.value)} placeholder="Name, or sql:text"
            aria-label="Search jobs by name, or behind sql: by command" />`;
}
