/** The facts of GET /jobs/{id}/why for people: signs by code, and times and durations as the rest of the dashboard has them. */
import {absolute, clock, duration} from "./time.js";

/** What became of a fire: word, sign, tone, and whether somebody who asks why it did not run looks for it. */
export const FATES = {
    succeeded: {word: "succeeded", sign: "✓", tone: "good"},
    failed: {word: "failed", sign: "✕", tone: "bad", isTrouble: true},
    running: {word: "running", sign: "▶", tone: "busy"},
    queued: {word: "waiting", sign: "⋯", tone: "busy"},
    skipped: {word: "skipped", sign: "↷", tone: "warn", isTrouble: true},
    merged: {word: "made up for", sign: "↷", tone: "warn", isTrouble: true},
    missed: {word: "missed", sign: "✕", tone: "bad", isTrouble: true},
    beyond_limit: {word: "missed", sign: "✕", tone: "bad", isTrouble: true},
    owed: {word: "owed", sign: "◔", tone: "warn", isTrouble: true},
    not_made: {word: "no job yet", sign: "○", tone: "calm"},
    inactive: {word: "inactive", sign: "❚❚", tone: "warn", isTrouble: true},
    not_valid: {word: "not valid", sign: "◌", tone: "calm", isTrouble: true},
    other_schedule: {word: "not its time", sign: "○", tone: "calm"},
    started_over: {word: "dropped", sign: "✕", tone: "warn", isTrouble: true},
    not_kept: {word: "no record", sign: "○", tone: "calm"},
    expired: {word: "no record", sign: "○", tone: "calm"},
    removed: {word: "no record", sign: "○", tone: "calm"},
    unknown: {word: "unknown", sign: "?", tone: "warn", isTrouble: true},
    shortened: {word: "and before", sign: "…", tone: "calm"},
};

/** What a job or a run waits for. */
export const WAITS = {
    time: {word: "next fire", sign: "◷", tone: "calm"},
    due: {word: "due", sign: "◔", tone: "warn"},
    start: {word: "at start", sign: "◷", tone: "calm"},
    after: {word: "after another", sign: "⋯", tone: "calm"},
    never: {word: "never", sign: "⊘", tone: "bad"},
    inactive: {word: "inactive", sign: "❚❚", tone: "warn"},
    login: {word: "login", sign: "⊘", tone: "bad"},
    fault: {word: "fault", sign: "⊘", tone: "bad"},
    paused: {word: "all paused", sign: "❚❚", tone: "warn"},
    nobody_leads: {word: "no scheduler", sign: "✕", tone: "bad"},
    no_sign: {word: "no sign", sign: "✕", tone: "bad"},
    copy: {word: "a copy", sign: "⧉", tone: "warn"},
    running: {word: "running", sign: "▶", tone: "busy"},
    stopping: {word: "stopping", sign: "■", tone: "warn"},
    retry: {word: "next attempt", sign: "↻", tone: "warn"},
    jitter: {word: "waiting", sign: "⋯", tone: "busy"},
    locks: {word: "locked out", sign: "⊘", tone: "bad"},
    sessions: {word: "no session", sign: "⊘", tone: "bad"},
};

const WAITING = {word: "waiting", sign: "⋯", tone: "busy"};
const UNKNOWN = {word: "unknown", sign: "?", tone: "calm"};

export const fateOf = fact => FATES[fact.code] ?? UNKNOWN;

/** A run that is blocked by another session is told apart from one that works. */
export const waitOf = fact => fact.detail?.blockedBy?.length
    ? {word: "blocked", sign: "⊘", tone: "bad"}
    : WAITS[fact.code] ?? WAITING;

/** A time of SQL's, or a length: in one expression, as a time has a length in it. */
const SQL = new RegExp([
    /(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d(?::?\d\d)?)/,
    /(?:(?<days>\d+) days? )?\b(?<hours>\d\d+):(?<minutes>\d\d):(?<rest>\d\d(?:\.\d+)?)(?![\d:]| in )/,
].map(part => part.source).join("|"), "g");

/** A text of the server's with the viewer's times and with durations as people write them. */
export const readable = text => text.replace(SQL, (...match) => {
    const {time, days, hours, minutes, rest} = match.at(-1);
    return time
        ? absolute(time.replace(" ", "T") + (/[+-]\d\d$/.test(time) ? ":00" : ""))
        : duration(Number(days ?? 0) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(rest));
});

/** A hint that is of use here: what SQL would do, the page has a button for. */
export const hintOf = fact => fact.hint && !/^SELECT |^\d+: SELECT/.test(fact.hint) ? readable(fact.hint) : null;

const QUIET = new Set(["not_made", "expired", "removed", "not_kept"]);

/** Facts that tell nothing of one fire and are alike become one, so that those that do stand out. */
export function gathered(facts) {
    const all = [];
    for (const fact of facts) {
        const last = all.at(-1);
        if (last && QUIET.has(fact.code) && last.code === fact.code) {
            all[all.length - 1] = {
                ...last,
                fires: last.fires + fact.fires,
                time: fact.time,
                until: last.until ?? last.time,
            };
        } else {
            all.push(fact);
        }
    }
    return all;
}

/** "fires next at Sunday 2026-11-29 03:00:00 in Europe/Berlin" is the job's clock only. */
const NEXT = /^waits for its time: fires next at \w+ \S+ \S+ in ([^\s,;]+)/;

function nextFire(fact) {
    const time = fact.detail?.scheduledTime ?? fact.time;
    return fact.fact.replace(NEXT, (all, zone) =>
        `fires next at ${time.replace("T", " ").replace("Z", "+00")}`
            + (clock(time, zone) === clock(time) ? "" : `, that is ${clock(time, zone)} in ${zone}`));
}

/** The text of a fact without what stands beside it anyway: the run, the word, the number of fires. */
export function sentence(fact) {
    const text = readable(fact.code === "time" ? nextFire(fact) : fact.fact)
        .replace(/^[\d,]+ fires(?:, the last one)?: /, "")
        .replace(/^(?:run \d+(?:, attempt \d+,)?(?: waits)? ?)(succeeded in |failed: |is |waits: |waits |: )/, "$1")
        .replace(/^skipped: |^failed: |^: /, "");
    return text.charAt(0).toUpperCase() + text.slice(1);
}
