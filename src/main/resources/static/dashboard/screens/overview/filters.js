/** The filters of the list of jobs, which are those of GET /jobs, and stand in the address. */
import {html, useEffect, useRef, useState} from "htm/preact/standalone.module.js";

const TYPING_MILLISECONDS = 250;
const EXACT = ["condition", "username", "database", "group"];

/** The filter of an address; `q` is looked for in names, or behind "sql:" in commands. */
export function filterOf({q, ...query}) {
    const filter = Object.fromEntries(EXACT.filter(name => query[name]).map(name => [name, query[name]]));
    if (q?.startsWith("sql:")) {
        return q.length > 4 ? {...filter, command: q.slice(4).trim()} : filter;
    }
    return q ? {...filter, name: q.includes("*") ? q : `*${q}*`} : filter;
}

export function Filters({query, change}) {
    const [text, setText] = useState(query.q ?? "");
    const timer = useRef(null);
    useEffect(() => setText(query.q ?? ""), [query.q]);
    const type = event => {
        const value = event.target.value;
        setText(value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => change({q: value.trim()}), TYPING_MILLISECONDS);
    };
    const others = EXACT.filter(name => name !== "condition" && query[name]);
    return html`
        ${others.map(name => html`<button type="button" class="filter" onClick=${() => change({[name]: null})}>${name} ${query[name]} ✕</button>`)}
        <input type="search" value=${text} onInput=${type} placeholder="Name, or sql:text" aria-label="Search jobs by name, or behind sql: by command" />`;
}
