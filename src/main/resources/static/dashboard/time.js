/** Times and durations in words: in the viewer's zone, with the job's beside it where that is another one. */
import {useEffect, useState} from "htm/preact/standalone.module.js";

export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The time of now, anew every so many milliseconds. */
export function useNow(milliseconds = 1_000) {
    const [now, setNow] = useState(Date.now());
    useEffect(() => {
        const timer = setInterval(() => setNow(Date.now()), milliseconds);
        return () => clearInterval(timer);
    }, [milliseconds]);
    return now;
}

const UNITS = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]];

/** "3 h", "12 min", "8 s": in one unit, rounded down, as nobody waits for "3 h 12 min 8 s". */
export function roughly(seconds) {
    const size = Math.abs(seconds);
    for (const [unit, length] of UNITS) {
        if (size >= length) {
            const count = Math.floor(size / length);
            const rest = Math.floor((size % length) / (length / 60 >= 60 ? 3_600 : 60));
            return unit === "d" && count < 3 && rest ? `${count} d ${rest} h` : `${count} ${unit}`;
        }
    }
    return "0 s";
}

/** "in 3 h", "12 min ago", "now". */
export function relative(time, now = Date.now()) {
    if (!time) {
        return "never";
    }
    const seconds = (Date.parse(time) - now) / 1000;
    return Math.abs(seconds) < 1 ? "now" : seconds > 0 ? "in " + roughly(seconds) : roughly(seconds) + " ago";
}

const FORMATS = new Map();

function format(options, zone) {
    const key = JSON.stringify([options, zone]);
    if (!FORMATS.has(key)) {
        FORMATS.set(key, new Intl.DateTimeFormat(undefined, {...options, timeZone: zone, hourCycle: "h23"}));
    }
    return FORMATS.get(key);
}

const FULL = {weekday: "short", year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit"};
const SHORT = {month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit"};
const CLOCK = {hour: "2-digit", minute: "2-digit", second: "2-digit"};
const MINUTE = {hour: "2-digit", minute: "2-digit"};
const DAY = {weekday: "short", month: "short", day: "numeric"};
const SHORT_DAY = {weekday: "short", day: "numeric"};

/** An absolute time, of the day only if it is today. */
export function absolute(time, zone = viewerZone, now = Date.now()) {
    if (!time) {
        return "never";
    }
    const date = new Date(time);
    return format(format(DAY, zone).format(date) === format(DAY, zone).format(now) ? CLOCK : SHORT, zone).format(date);
}

/** An absolute time with all there is to say of it, and in the job's zone, too, if that has another clock then and is known here. */
export function exactly(time, zone = viewerZone) {
    if (!time) {
        return "never";
    }
    const date = new Date(time);
    const here = inZone(date, viewerZone);
    return !isZone(zone) || offset(date, zone) === offset(date, viewerZone) ? here : `${here}\n${inZone(date, zone)}`;
}

function inZone(date, zone) {
    return `${format(FULL, zone).format(date)} ${zone}`;
}

function offset(date, zone) {
    return format({...FULL, weekday: undefined}, zone).format(date);
}

export const clock = (time, zone = viewerZone) => format(MINUTE, zone).format(new Date(time));
export const clockWithSeconds = (time, zone = viewerZone) => format(CLOCK, zone).format(new Date(time));
/** The mark of an axis: the hour, and at midnight the day. */
export function mark(time, zone = viewerZone) {
    const hour = clock(time, zone);
    return hour === "00:00" ? format(SHORT_DAY, zone).format(new Date(time)) : hour;
}

export const day = (time, zone = viewerZone) => format(DAY, zone).format(new Date(time));

/** Whether a name is one of a zone that this browser knows. */
export function isZone(zone) {
    try {
        format(MINUTE, zone);
        return true;
    } catch {
        return false;
    }
}

const ISO = /^(-)?P(?=.*\d)(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/;
const LENGTHS = [365.25 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3_600, 60, 1];

/** The seconds of an ISO 8601 duration, as REST has them; null of what is none. */
export function seconds(duration) {
    const parts = duration ? ISO.exec(duration) : null;
    if (!parts) {
        return null;
    }
    const sum = LENGTHS.reduce((total, length, place) => total + length * Number(parts[place + 2] ?? 0), 0);
    return parts[1] ? -sum : sum;
}

/** "1 h 5 min", "81.8 s", "12 ms": of seconds. */
export function duration(total) {
    if (total === null || total === undefined || Number.isNaN(total)) {
        return "–";
    }
    if (total > 0 && total < .001) {
        return "< 1 ms";
    }
    if (total < 1) {
        return `${Math.round(total * 1000)} ms`;
    }
    if (total < 60) {
        return `${total < 10 ? total.toFixed(2) : total.toFixed(1)} s`;
    }
    const [large, small] = total < 3_600 ? [["min", 60], ["s", 1]] : total < 86_400 ? [["h", 3_600], ["min", 60]]
        : [["d", 86_400], ["h", 3_600]];
    const count = Math.floor(total / large[1]);
    const rest = Math.floor((total % large[1]) / small[1]);
    return rest ? `${count} ${large[0]} ${rest} ${small[0]}` : `${count} ${large[0]}`;
}

/** "PT20M" as people write it, "20 min"; what is no duration as it is. */
export const durationWords = iso => (seconds(iso) === null ? iso ?? "–" : duration(seconds(iso)));

/** How long a run took, or has taken so far; null: it has not begun. */
export function taken(run, now = Date.now()) {
    return run.startTime ? ((run.endTime ? Date.parse(run.endTime) : now) - Date.parse(run.startTime)) / 1000 : null;
}
