/** Durations as people write them, and as REST has them: ISO 8601 in hours, minutes and seconds. */
import {seconds} from "./time.js";

const UNITS = [
    [/^(w|weeks?)$/, 604_800],
    [/^(d|days?)$/, 86_400],
    [/^(h|hrs?|hours?)$/, 3_600],
    [/^(m|mins?|minutes?)$/, 60],
    [/^(s|secs?|seconds?)$/, 1],
    [/^(ms|milliseconds?)$/, .001],
];
const PART = /^\s*(\d+(?:[.,]\d+)?)\s*([a-z]+)/i;
const BETWEEN = /^\s*(?:,|and\b)\s*(?=\d)/i;
const ADVICE = "Write it as 20 min, 90 s or 1 h 30 min.";

/** "1 h 30 min", "1h30m", "1.5 hours", "2 weeks and 1 day", "0", also "PT20M", as ISO 8601; throws an Error that says how to write it. */
export function parseDuration(text) {
    const given = seconds(text.trim().toUpperCase());
    if (given !== null) {
        return isoOf(given);
    }
    let rest = text.trim() === "0" ? "0 s" : text;
    let total = 0;
    do {
        const part = PART.exec(rest);
        const unit = part && UNITS.find(([name]) => name.test(part[2].toLowerCase()));
        if (!unit) {
            throw new Error(/^\s*\d+([.,]\d+)?\s*$/.test(rest) ? `${rest.trim()} of what? ${ADVICE}` : ADVICE);
        }
        total += Number(part[1].replace(",", ".")) * unit[1];
        rest = rest.slice(part[0].length).replace(BETWEEN, "");
    } while (rest.trim());
    return isoOf(total);
}

/** "PT1H30M": as the service itself writes it, so that equal durations are equal texts. */
function isoOf(total) {
    const sign = total < 0 ? "-" : "";
    const size = Math.abs(total);
    const hours = Math.floor(size / 3_600);
    const minutes = Math.floor((size % 3_600) / 60);
    const rest = Number((size % 60).toFixed(6));
    const parts = [[hours, "H"], [minutes, "M"], [rest, "S"]].filter(([count]) => count);
    return "PT" + (parts.length ? parts.map(([count, unit]) => sign + count + unit).join("") : "0S");
}

/** "PT90061.5S" as "1 d 1 h 1 min 1.5 s": all of it, so that reading it again makes the same. */
export function exactDuration(iso) {
    const total = seconds(iso);
    return total === null || total < 0 ? iso ?? "" : wholeDuration(total);
}

/** Seconds, likewise. */
export function wholeDuration(total) {
    if (total > 0 && total < 1) {
        return `${Number((total * 1000).toFixed(3))} ms`;
    }
    const parts = [
        [Math.floor(total / 86_400), "d"],
        [Math.floor((total % 86_400) / 3_600), "h"],
        [Math.floor((total % 3_600) / 60), "min"],
        [Number((total % 60).toFixed(6)), "s"],
    ].filter(([count]) => count);
    return parts.length ? parts.map(([count, unit]) => `${count} ${unit}`).join(" ") : "0 s";
}
