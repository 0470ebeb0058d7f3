/** What a job or a run waits for at this moment. */
import {html} from "htm/preact/standalone.module.js";
import {hintOf, sentence, waitOf} from "../facts.js";
import {Ago} from "./moment.js";
import {Sign} from "./sign.js";

/** @param facts the `now` of GET /jobs/{jobid}/why */
export const Waits = ({facts, zone, linked = true}) => html`
    <ul class="facts">${facts.map(fact => html`
        <li class=${waitOf(fact).tone} key=${`${fact.code} ${fact.runid}`}>
            <span class="mark"><${Sign} ...${waitOf(fact)} /></span>
            <div>
                <p>${linked && fact.runid && html`<a href=${`/runs/${fact.runid}`}>Run ${fact.runid}</a>${" "}`}${text(fact, linked)}</p>
                ${hintOf(fact) && html`<p class="small faint">${hintOf(fact)}</p>`}
                <${Blockers} fact=${fact} />
            </div>
            <span class="when small faint">${fact.time && html`<${Ago} time=${fact.time} zone=${zone} />`}</span>
        </li>`)}</ul>`;

function text(fact, linked) {
    const words = sentence(fact);
    return linked && fact.runid ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

/** The sessions that are in the way, for somebody who goes and looks what they do. */
const Blockers = ({fact}) => fact.detail?.blockedBy?.length > 0 && html`
    <dl class="figures small">
        <div><dt>Session</dt><dd><code>${fact.detail.session ?? fact.detail.pid}</code></dd></div>
        <div><dt>Waits for</dt><dd>${fact.detail.waitEventType} ${fact.detail.waitEvent}</dd></div>
        <div><dt>Blocked by</dt><dd>${fact.detail.blockedBy.map(blocker => html`<code class="bad">${blocker}</code> `)}</dd></div>
    </dl>`;
