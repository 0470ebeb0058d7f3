/** Parts of a time as bars: how many start at one moment in it, and how many run side by side, against the limit. */
import {html} from "htm/preact/standalone.module.js";
import {clock, day} from "../../time.js";
import {count, number} from "../../words.js";

const words = part => `${clock(part.start)}, ${day(part.start)}: ${count(part.fires, "fire")}, `
    + `${number(part.together)} at one moment at most, ${number(part.running)} side by side at most`;

const isMidnight = part => new Date(part.start).getHours() === 0;

function label(part, place, {isWeek, isMinutes}) {
    if (isMinutes) {
        return place % 5 === 0 ? clock(part.start) : "";
    }
    if (isWeek) {
        return isMidnight(part) ? day(part.start) : "";
    }
    return place === 0 || isMidnight(part) ? `${clock(part.start)}\n${day(part.start)}` : clock(part.start);
}

/**
 * @param chosen the start of the part that is, in milliseconds
 * @param choose called with the start of another; without it parts cannot be chosen
 */
export function Bars({parts, limit, chosen, choose, isWeek = false, isMinutes = false}) {
    const most = Math.max(1, ...parts.map(part => Math.max(part.together, part.running)));
    const share = value => `${value === 0 ? 0 : Math.max(2, 100 * value / most)}%`;
    const isLimitSeen = limit <= most * 1.05;
    return html`
        <div class=${`bars ${isWeek ? "week" : ""} ${isMinutes ? "minutes" : ""}`} tabindex="0">
            <ol style=${{"--limit": isLimitSeen ? `${100 * Math.min(1, limit / most)}%` : "0%"}} class=${isLimitSeen ? "limited" : ""}>
                ${isLimitSeen && html`<li class="limit" aria-hidden="true"><span>${number(limit)} may run</span></li>`}
                ${parts.map((part, place) => {
                    const bars = html`
                        <span class="pair"><span class="together" style=${{height: share(part.together)}}></span
                        ><span class=${`running ${part.running > limit ? "over" : ""}`}
                            style=${{height: share(part.running)}}></span></span>`;
                    return html`<li key=${part.start} class=${isWeek && isMidnight(part) ? "midnight" : ""}>
                        ${choose
                            ? html`<button type="button" title=${words(part)} aria-label=${words(part)}
                                aria-pressed=${Date.parse(part.start) === chosen} onClick=${() => choose(part.start)}>${bars}</button>`
                            : html`<span class="bar" title=${words(part)}>${bars}
                                <span class="visually-hidden">${words(part)}</span></span>`}
                        <span class="label" aria-hidden="true">${label(part, place, {isWeek, isMinutes})}</span></li>`;
                })}
            </ol>
        </div>`;
}
