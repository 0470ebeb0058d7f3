/** Draws the timeline, and tells what is where in it. */
import {colourOf} from "../../colours.js";
import {day, mark, seconds} from "../../time.js";

export const LANE = 26;
const AXIS = 26;
const BAR = 16;
const NARROWEST = 3;
const HINT = 280;
const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 43_200].map(minutes => minutes * MINUTE);
const TICK_PIXELS = 110;

/** What it is drawn with: asked for once a theme, not for each frame. */
export const colours = () =>
    Object.fromEntries(["good", "bad", "warn", "busy", "accent", "line", "muted"].map(name => [name, colourOf(name)]));

export function draw(canvas, picture, colour) {
    const {lanes, timeline, from, span, now, width} = picture;
    const height = lanes.length * LANE + AXIS;
    const scale = devicePixelRatio || 1;
    if (canvas.width !== width * scale || canvas.height !== height * scale) {
        canvas.width = width * scale;
        canvas.height = height * scale;
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
    }
    const paint = canvas.getContext("2d");
    paint.setTransform(scale, 0, 0, scale, 0, 0);
    paint.clearRect(0, 0, width, height);
    const x = time => (time - from) / span * width;
    axis(paint, picture, height, colour, x);
    if (timeline) {
        lanes.forEach((lane, place) => {
            const middle = place * LANE + LANE / 2;
            (lane.fires ?? []).forEach(fire => hollow(paint, x, fire, timeline, middle, colour));
            (lane.runs ?? []).forEach(run => solid(paint, x, run, timeline, middle, colour, now));
        });
    }
    const line = Math.round(x(now)) + 0.5;
    if (line >= 0 && line <= width) {
        paint.strokeStyle = colour.accent;
        paint.lineWidth = 1.5;
        paint.beginPath();
        paint.moveTo(line, 0);
        paint.lineTo(line, height - AXIS);
        paint.stroke();
        paint.fillStyle = colour.accent;
        paint.textAlign = "center";
        paint.fillText("now", Math.min(width - 14, Math.max(14, line)), height - AXIS + 12);
    }
}

function axis(paint, {from, span, width, now}, height, colour, x) {
    const step = STEPS.find(one => one >= span / (width / TICK_PIXELS)) ?? STEPS.at(-1);
    // Ticks stand at full hours and days of the viewer's clock, not of UTC.
    const offset = new Date(from).getTimezoneOffset() * MINUTE;
    paint.font = "12px system-ui, sans-serif";
    paint.textAlign = "center";
    paint.textBaseline = "middle";
    for (let time = Math.ceil((from - offset) / step) * step + offset; time < from + span; time += step) {
        const place = Math.round(x(time)) + 0.5;
        paint.strokeStyle = colour.line;
        paint.lineWidth = 1;
        paint.beginPath();
        paint.moveTo(place, 0);
        paint.lineTo(place, height - AXIS);
        paint.stroke();
        const isNear = Math.abs(place - x(now)) < 30;
        const text = step >= 1_440 * MINUTE ? day(time) : mark(time);
        const half = paint.measureText(text).width / 2;
        if (!isNear && place - half >= 0 && place + half <= width) {
            paint.fillStyle = colour.muted;
            paint.fillText(text, place, height - AXIS + 12);
        }
    }
}

/** Where a bucket of the past begins and ends: one run as long as it took, several as long as the bucket. */
function extent(run, timeline, now) {
    const width = seconds(timeline.bucket) * 1000;
    const begin = Date.parse(timeline.from) + run.bucket * width;
    const length = (seconds(run.duration) ?? 0) * 1000;
    const isOne = run.succeeded + run.failed + run.skipped + run.unfinished === 1;
    return [begin, Math.min(Math.max(begin + (isOne ? 0 : width), begin + length), Math.max(now, begin + width))];
}

function solid(paint, x, run, timeline, middle, colour, now) {
    const [begin, end] = extent(run, timeline, now);
    const left = x(begin);
    const width = Math.max(NARROWEST, x(end) - left - 1);
    const ran = run.succeeded + run.failed + run.unfinished;
    if (!ran) {
        paint.fillStyle = colour.warn;
        paint.beginPath();
        paint.moveTo(left + width / 2, middle - 6);
        paint.lineTo(left + width / 2 + 5, middle);
        paint.lineTo(left + width / 2, middle + 6);
        paint.lineTo(left + width / 2 - 5, middle);
        paint.fill();
        return;
    }
    let top = middle + BAR / 2;
    for (const [part, tone] of [[run.succeeded, colour.good], [run.unfinished, colour.busy], [run.failed, colour.bad]]) {
        if (part) {
            const height = Math.max(5, BAR * part / ran);
            top = Math.max(middle - BAR / 2, top - height);
            paint.fillStyle = tone;
            paint.fillRect(left, top, width, Math.min(height, middle + BAR / 2 - top));
        }
    }
    if (run.skipped) {
        paint.fillStyle = colour.warn;
        paint.fillRect(left, middle + BAR / 2 + 1, width, 2);
    }
}

function hollow(paint, x, fire, timeline, middle, colour) {
    paint.strokeStyle = colour.accent;
    paint.lineWidth = 1.2;
    paint.beginPath();
    if (fire.only) {
        paint.arc(x(Date.parse(fire.fireTime)), middle, 3.2, 0, 2 * Math.PI);
    } else {
        const begin = Date.parse(fire.fireTime);
        const end = Date.parse(timeline.from) + (fire.bucket + 1) * seconds(timeline.bucket) * 1000;
        paint.roundRect(x(begin), middle - 3.5, Math.max(NARROWEST, x(end) - x(begin) - 1), 7, 2);
    }
    paint.stroke();
}

/** What is at a point: a bucket of runs, or a fire to come; null: nothing. */
export function spotAt({lanes, timeline, from, span, now, width}, left, top) {
    const lane = lanes[Math.floor(top / LANE)];
    if (!lane || !timeline) {
        return null;
    }
    const time = from + left / width * span;
    const near = 5 / width * span;
    const y = (Math.floor(top / LANE) + 1) * LANE;
    const bucket = seconds(timeline.bucket) * 1000;
    let best = null;
    for (const run of lane.runs ?? []) {
        const [begin, end] = extent(run, timeline, now);
        const distance = time < begin ? begin - time : time > end ? time - end : 0;
        if (distance <= near && (!best || distance < best.distance || distance === best.distance && begin > best.begin)) {
            const start = Date.parse(timeline.from) + run.bucket * bucket;
            best = {lane, run, distance, begin: start, end: start + bucket, x: left, y};
        }
    }
    for (const fire of lane.fires ?? []) {
        const distance = Math.abs(Date.parse(fire.fireTime) - time);
        if (distance <= Math.max(near, fire.only ? 0 : bucket) && (!best || distance < best.distance)) {
            best = {lane, fire, distance, begin: Date.parse(fire.fireTime), x: left, y};
        }
    }
    return best;
}

/** Where a hint of a place begins, so that it stays within the picture. */
export const placeOf = (x, width) => Math.max(0, Math.min(x + 12, width - HINT));
