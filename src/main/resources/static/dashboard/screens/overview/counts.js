/** How many jobs are how: each count is a filter of the list. */
import {html} from "htm/preact/standalone.module.js";
import {useScheduler} from "../../scheduler.js";
import {relative, useNow} from "../../time.js";
import {CONDITIONS, number, percent} from "../../words.js";

const SHOWN = ["failing", "blocked", "late", "running", "paused"];

/** What is not told of the jobs of a filter says so. */
export function Counts({counts, day, condition, isFiltered, choose}) {
    const now = useNow(5_000);
    const scheduler = useScheduler().value;
    const sums = (day?.buckets ?? []).reduce((sum, bucket) =>
        ({succeeded: sum.succeeded + bucket.succeeded, failed: sum.failed + bucket.failed}), {succeeded: 0, failed: 0});
    const all = isFiltered && html` <small>of all jobs</small>`;
    const of = name => counts?.conditions[name] ?? 0;
    return html`
        <div class="counts">
            <${Count} value=${counts && number(counts.jobs)} label="jobs" isChosen=${!condition} choose=${() => choose(null)} />
            ${SHOWN.filter(name => name !== "blocked" || of(name) || condition === name).map(name => html`
                <${Count} key=${name} value=${counts && number(of(name))} label=${CONDITIONS[name].word} sign=${CONDITIONS[name].sign}
                    tone=${of(name) ? CONDITIONS[name].tone : ""} title=${CONDITIONS[name].meaning}
                    isChosen=${condition === name} choose=${() => choose(condition === name ? null : name)} />`)}
            <div class="count"><strong>${scheduler ? (scheduler.nextFire ? relative(scheduler.nextFire, now) : "–") : "…"}</strong>
                <span>next fire${all}</span></div>
            <a class="count" href="/runs?status=failed"><strong class=${sums.failed ? "bad" : ""}>
                ${day ? number(sums.failed) : "…"}</strong>
                <span>failed, 24 h${all}</span></a>
            <div class="count"><strong>${day ? percent(sums.succeeded, sums.succeeded + sums.failed) : "…"}</strong>
                <span>succeeded, 24 h${all}</span></div>
        </div>`;
}

const Count = ({value, label, sign, tone = "", title, isChosen, choose}) => html`
    <button type="button" class="count" aria-pressed=${isChosen} title=${title} onClick=${choose}>
        <strong class=${tone}>${value ?? "…"}</strong><span>${sign && html`<span class="glyph ${tone}" aria-hidden="true">${sign}</span> `}
            ${label}</span>
    </button>`;
