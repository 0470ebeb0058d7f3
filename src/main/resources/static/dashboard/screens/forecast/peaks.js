/** Moments at which many jobs start at once, and how to spread them. */
import {html, useState} from "htm/preact/standalone.module.js";
import {wholeDuration} from "../../durations.js";
import {Sign} from "../../parts/sign.js";
import {absolute, clock, day, exactly} from "../../time.js";
import {count, nameOf, number} from "../../words.js";

/** From so many on it is worth to spread them, so that each starts ten seconds after the one before. */
const MANY = 5;
const DISTANCE_SECONDS = 10;
const JITTERS = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200];
const FEW = 6;

export function Peaks({peaks}) {
    const [isWhole, setWhole] = useState(false);
    const shown = isWhole ? peaks : peaks.slice(0, FEW);
    return html`
        <section class="card">
            <header><h2>Start at one moment</h2><span class="faint small">the most jobs first</span></header>
            ${peaks.length === 0
                ? html`<p class="inside"><${Sign} sign="✓" word="No two jobs start at the same moment." tone="good" /></p>`
                : html`<ul class="peaks">${shown.map(peak => html`<${Peak} key=${peak.at} peak=${peak} />`)}</ul>`}
            ${peaks.length > FEW && html`<p class="inside"><button type="button" onClick=${() => setWhole(!isWhole)}>
                ${isWhole ? "Fewer" : `All ${peaks.length}`}</button></p>`}
        </section>`;
}

function Peak({peak}) {
    const rest = peak.count - peak.jobs.length;
    return html`
        <li>
            <p><strong title=${exactly(peak.at)}>${count(peak.count, "job")} at
                ${" "}${new Date(peak.at).getSeconds() ? absolute(peak.at) : clock(peak.at)}</strong>
                <span class="faint"> ${day(peak.at)}${peak.times > 1 ? `, and at ${count(peak.times - 1, "other moment")}` : ""}</span></p>
            ${peak.count >= MANY && html`<p class="small"><${Sign} sign="◔" word="Spread them" tone="warn" />: ${hint(peak)}</p>`}
            <p class="small members">${peak.jobs.map((job, place) => html`${place ? ", " : ""}
                <a href=${`/jobs/${job.jobid}`}>${nameOf(job)}</a>`)}
                ${rest > 0 && html`<span class="faint"> and ${number(rest)} more</span>`}</p>
        </li>`;
}

function hint({count: jobs}) {
    const jitter = JITTERS.find(seconds => seconds / jobs >= DISTANCE_SECONDS) ?? JITTERS.at(-1);
    return `with a jitter of ${wholeDuration(jitter)} in each, one starts about every ${wholeDuration(Math.round(jitter / jobs))}.`;
}
