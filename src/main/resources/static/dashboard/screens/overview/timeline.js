/** A lane for each job: what ran, what was skipped, and what will be. To be dragged, and zoomed into. */
import {html, useEffect, useMemo, useRef, useState} from "htm/preact/standalone.module.js";
import {useTheme} from "../../colours.js";
import {useEvents} from "../../events.js";
import {useLater} from "../../later.js";
import {go} from "../../location.js";
import {Failure} from "../../parts/states.js";
import {useLoad} from "../../rest.js";
import {absolute, clock, duration, seconds, useNow, viewerZone} from "../../time.js";
import {count, nameOf} from "../../words.js";
import {colours, draw, LANE, placeOf, spotAt} from "./canvas.js";

const LANES = 7;
const MOST_LANES = 60;
const HOUR = 3_600_000;
const SPANS = [["1 h", HOUR], ["6 h", 6 * HOUR], ["24 h", 24 * HOUR], ["7 d", 168 * HOUR], ["30 d", 720 * HOUR]];
const SHORTEST = HOUR / 12;
const LONGEST = 8_760 * HOUR;
/** Three quarters of the window have been. */
const PAST = 0.75;
const BUCKETS = 300;
/** Buckets are of a length that people count in, and begin where clocks do: what fires each five minutes then stands in even rows. */
const LENGTHS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400, 172_800]
    .map(length => length * 1000);
/** What is dragged is read once it stands still. */
const STILL_MILLISECONDS = 250;

export function Timeline({jobs}) {
    const [lanes, setLanes] = useState(LANES);
    const [view, setView] = useState({span: SPANS[2][1], from: null});
    const shown = jobs.slice(0, lanes);
    const chosen = shown.map(job => job.jobid).sort((one, other) => one - other).join();
    const now = useNow(Math.max(1_000, Math.min(60_000, view.span / 500)));
    const from = view.from ?? now - PAST * view.span;
    const still = useLater(view, STILL_MILLISECONDS);
    const load = useLoad(async (client, signal) => {
        if (!chosen) {
            return null;
        }
        const begin = still.from ?? Date.now() - PAST * still.span;
        const length = LENGTHS.find(one => one >= still.span / BUCKETS) ?? LENGTHS.at(-1);
        const first = Math.floor(begin / length);
        const buckets = Math.ceil((begin + still.span) / length) - first;
        return client.read("/timeline", {
            from: new Date(first * length).toISOString(), until: new Date((first + buckets) * length).toISOString(),
            buckets, jobid: chosen, limit: lanes,
        }, {signal});
    }, [chosen, still.from, still.span]);
    useEvents(load.reload, event => event.type === "run-ended", Math.max(2_000, still.span / BUCKETS / 2));
    useEffect(() => {
        const timer = setInterval(load.reload, Math.max(5_000, Math.min(60_000, still.span / BUCKETS)));
        return () => clearInterval(timer);
    }, [load.reload, still.span]);
    const move = next => setView(before => ({
        span: Math.min(LONGEST, Math.max(SHORTEST, next.span ?? before.span)), from: next.from === undefined ? before.from : next.from,
    }));
    if (!jobs.length) {
        return null;
    }
    return html`
        <section class="card timeline" aria-labelledby="timeline-title">
            <header>
                <h2 id="timeline-title">Timeline</h2><span class="faint">${viewerZone}</span>
                <div class="end" role="group" aria-label="Window">
                    ${SPANS.map(([name, span]) =>
                        html`<button type="button" class="quiet" aria-pressed=${view.from === null && view.span === span}
                        onClick=${() => move({span, from: null})}>${name}</button>`)}
                    <span class="nowrap">
                        <button type="button" class="quiet" aria-label="Earlier" onClick=${() => move({from: from - view.span / 2})}>‹</button>
                        <button type="button" class="quiet" aria-label="Later" onClick=${() => move({from: from + view.span / 2})}>›</button>
                        <button type="button" class="quiet" disabled=${view.from === null} onClick=${() => move({from: null})}>Now</button>
                    </span>
                </div>
            </header>
            ${load.failure && html`<div class="inside"><${Failure} failure=${load.failure} retry=${load.reload} /></div>`}
            <${Lanes} jobs=${shown} timeline=${load.value} from=${from} span=${view.span} now=${now} move=${move} />
            ${jobs.length > lanes && lanes < MOST_LANES && html`
                <button type="button" class="quiet more" onClick=${() => setLanes(lanes * 2)}>Show more lanes</button>`}
        </section>`;
}

function Lanes({jobs, timeline, from, span, now, move}) {
    const canvas = useRef(null);
    const [width, setWidth] = useState(0);
    const [spot, setSpot] = useState(null);
    const theme = useTheme();
    const colour = useMemo(colours, [theme]);
    const drag = useRef(null);
    const found = useMemo(() => new Map((timeline?.jobs ?? []).map(lane => [lane.jobid, lane])), [timeline]);
    const lanes = useMemo(() => jobs.map(job => ({...job, ...found.get(job.jobid)})), [jobs, found]);
    const picture = {lanes, timeline, from, span, now, width};

    useEffect(() => {
        const resized = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
        resized.observe(canvas.current.parentElement);
        return () => resized.disconnect();
    }, []);
    useEffect(() => {
        const frame = requestAnimationFrame(() => canvas.current && width && draw(canvas.current, picture, colour));
        return () => cancelAnimationFrame(frame);
    }, [lanes, timeline, from, span, now, width, colour]);

    const press = event => {
        drag.current = {x: event.clientX, from, moved: false};
        event.currentTarget.setPointerCapture(event.pointerId);
    };
    const point = event => {
        const box = canvas.current.getBoundingClientRect();
        if (drag.current && (drag.current.moved || Math.abs(event.clientX - drag.current.x) > 3)) {
            drag.current.moved = true;
            setSpot(null);
            move({from: drag.current.from - (event.clientX - drag.current.x) / width * span});
        } else {
            setSpot(spotAt(picture, event.clientX - box.left, event.clientY - box.top));
        }
    };
    const release = () => {
        if (drag.current && !drag.current.moved && spot) {
            open(spot);
        }
        drag.current = null;
    };
    useEffect(() => {
        const zoom = event => {
            if (event.ctrlKey || event.metaKey) {
                event.preventDefault();
                const place = (event.clientX - canvas.current.getBoundingClientRect().left) / width;
                const next = Math.min(LONGEST, Math.max(SHORTEST, span * Math.exp(event.deltaY / 300)));
                move({span: next, from: from + place * (span - next)});
            }
        };
        const element = canvas.current;
        element.addEventListener("wheel", zoom, {passive: false});
        return () => element.removeEventListener("wheel", zoom);
    }, [from, span, width]);
    return html`
        <div class="lanes">
            <ul>${lanes.map(lane => html`<li key=${lane.jobid} style=${{height: `${LANE}px`}}>
                <a href=${`/jobs/${lane.jobid}`} title=${nameOf(lane)}>${nameOf(lane)}</a>
                    <span class="visually-hidden">${summary(lane)}</span></li>`)}</ul>
            <div class="plot">
                <canvas ref=${canvas} role="img" aria-label="Runs and fires by time, told by the list beside it"
                    onPointerDown=${press} onPointerMove=${point} onPointerUp=${release} onPointerLeave=${() => setSpot(null)}
                    onPointerCancel=${() => (drag.current = null)}></canvas>
                ${spot && html`<${Hint} spot=${spot} width=${width} />`}
            </div>
        </div>`;
}

function summary(lane) {
    const sum = name => (lane.runs ?? []).reduce((total, bucket) => total + bucket[name], 0);
    return `: ${count(sum("succeeded"), "success", "successes")}, ${count(sum("failed"), "failure")}, `
        + `${count(sum("skipped"), "skipped fire")}, `
        + ((lane.fires ?? []).length ? `next at ${absolute(lane.fires[0].fireTime)}` : "no fire to come in this window");
}

function open({lane, run, begin, end}) {
    if (!run) {
        go(`/jobs/${lane.jobid}`);
    } else if (run.succeeded + run.failed + run.skipped + run.unfinished === 1) {
        go(`/runs/${run.lastRunid}`);
    } else {
        go(`/runs?${new URLSearchParams({jobid: lane.jobid, from: new Date(begin).toISOString(), until: new Date(end).toISOString()})}`);
    }
}

function Hint({spot, width}) {
    const {lane, run, fire, x, y, begin, end} = spot;
    const many = run && run.succeeded + run.failed + run.skipped + run.unfinished > 1;
    return html`
        <div class="hint" role="presentation" style=${{left: `${placeOf(x, width)}px`, top: `${y}px`}}>
            <p class="strong">${nameOf(lane)}</p>
            ${run && html`
                <p>${many ? `${absolute(begin)} – ${clock(end)}` : absolute(begin)}</p>
                <p>${[
                    run.succeeded && `${run.succeeded} succeeded`, run.failed && `${run.failed} failed`,
                    run.skipped && `${run.skipped} skipped`, run.unfinished && `${run.unfinished} not ended`,
                ].filter(Boolean).join(", ")}${run.duration && `, ${many ? "at most " : ""}${duration(seconds(run.duration))}`}</p>
                ${run.message && html`<p class="faint">${run.message}</p>`}`}
            ${fire && html`<p>${fire.only ? "fires at" : "fires from"} ${absolute(fire.fireTime)}
                ${fire.only ? "" : " on, several times"}</p>`}
        </div>`;
}
