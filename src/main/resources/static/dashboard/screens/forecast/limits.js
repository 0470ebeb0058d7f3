/** What is expected to run side by side, of all jobs, each role and each group, against what may. */
import {html, useState} from "htm/preact/standalone.module.js";
import {Sign} from "../../parts/sign.js";
import {clock, day, roughly, seconds} from "../../time.js";
import {count, number} from "../../words.js";

const FEW = 6;

const NAMES = {
    all: () => html`<a href="/settings/limits">All jobs</a>`,
    role: limit => html`Role <a href=${`/?username=${encodeURIComponent(limit.name)}`}>${limit.name}</a>`,
    group: limit => html`Group <a href=${`/?group=${encodeURIComponent(limit.name)}`}>${limit.name}</a>
        ${limit.username ? ` of ${limit.username}` : ""}`,
};

export function Limits({limits}) {
    const [isWhole, setWhole] = useState(false);
    const shown = isWhole ? limits : limits.slice(0, FEW);
    return html`
        <section class="card">
            <header><h2>Wait for a place</h2><span class="faint small">the tightest first</span></header>
            <ul class="peaks">${shown.map(limit =>
                html`<${Limit} key=${`${limit.kind} ${limit.username} ${limit.name}`} limit=${limit} />`)}</ul>
            ${limits.length > FEW && html`<p class="inside"><button type="button" onClick=${() => setWhole(!isWhole)}>
                ${isWhole ? "Fewer" : `All ${limits.length}`}</button></p>`}
        </section>`;
}

function Limit({limit}) {
    const isOver = limit.over !== "PT0S";
    return html`
        <li>
            <p class="bar"><strong>${NAMES[limit.kind](limit)}</strong><span class="end">${isOver
                ? html`<${Sign} sign="◔" word="will queue" tone="warn" />`
                    : html`<${Sign} sign="✓" word="room enough" tone="good" />`}</span></p>
            <div class="gauge" aria-hidden="true"><span class=${isOver ? "over" : ""}
                style=${{width: `${100 * Math.min(1, limit.expected / Math.max(limit.most, limit.expected, 1))}%`}}></span>
                <i style=${{left: `${100 * Math.min(1, limit.most / Math.max(limit.most, limit.expected, 1))}%`}}></i></div>
            <p class="small faint">${isOver
                ? `${number(limit.expected)} would run side by side at ${clock(limit.at)}, ${day(limit.at)}; ${number(limit.most)} may. `
                    + `It is more than may for about ${roughly(seconds(limit.over))} in all: some wait, perhaps for longer than that, `
                    + "and are skipped if their start deadline passes."
                : `${number(limit.expected)} of ${number(limit.most)} at most${limit.at ? `, at ${clock(limit.at)}` : ""}. `
                    + `${count(limit.jobs, "job")}.`}</p>
        </li>`;
}
