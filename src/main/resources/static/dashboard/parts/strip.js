/** A job's last runs as bars: the height is the duration, the colour how it ended, the newest at the right. */
import {html} from "htm/preact/standalone.module.js";
import {go} from "../location.js";
import {duration, exactly, seconds} from "../time.js";
import {STATUSES} from "../words.js";

const WIDTH = 4;
const STEP = 6;
const HEIGHT = 24;
const LOWEST = 4;
const SKIPPED = 9;

/** @param runs of GET /jobs with include=recentRuns, the newest first */
export function Strip({runs, most = 30}) {
    if (!runs?.length) {
        return html`<span class="faint">no runs yet</span>`;
    }
    const shown = runs.slice(0, most).reverse();
    const longest = Math.max(...shown.map(run => seconds(run.duration) ?? 0), 0.001);
    const failed = shown.filter(run => run.status === "failed").length;
    return html`
        <svg class="strip" width=${most * STEP} height=${HEIGHT} role="img"
             aria-label=${`Last ${shown.length} runs, ${failed} failed`}>
            ${shown.map((run, place) => {
                const tone = STATUSES[run.status]?.tone ?? "calm";
                const part = Math.sqrt((seconds(run.duration) ?? 0) / longest);
                const height = run.status === "skipped" ? SKIPPED : Math.max(LOWEST, Math.round(HEIGHT * part));
                return html`<g key=${run.runid} onClick=${() => go(`/runs/${run.runid}`)}>
                    <title>${`${STATUSES[run.status]?.word ?? run.status}, ${duration(seconds(run.duration))}\n`
                        + exactly(run.startTime ?? run.queuedTime)}</title>
                    <rect class="hit" x=${(most - shown.length + place) * STEP} y="0" width=${STEP} height=${HEIGHT}></rect>
                    <rect class=${tone} x=${(most - shown.length + place) * STEP} y=${HEIGHT - height} width=${WIDTH} height=${height}
                        rx="1"></rect></g>`;
            })}
        </svg>`;
}
