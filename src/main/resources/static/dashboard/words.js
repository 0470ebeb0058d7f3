/** Words, signs and numbers that all screens share. */

/** What a job is, the worst first: word, sign, tone, and what it means. */
export const CONDITIONS = {
    failing: {word: "failing", sign: "✕", tone: "bad", meaning: "Its last run failed, after all its attempts."},
    blocked: {word: "blocked", sign: "⊘", tone: "bad", meaning: "The scheduler cannot do something for it, and tries again."},
    late: {word: "late", sign: "◔", tone: "warn", meaning: "It was due more than 10 s ago, and has not started."},
    running: {word: "running", sign: "▶", tone: "busy", meaning: "A run of it is under way."},
    waiting: {word: "waiting", sign: "⋯", tone: "busy", meaning: "A run of it waits to start."},
    healthy: {word: "healthy", sign: "●", tone: "good", meaning: "Its last run succeeded."},
    fresh: {word: "new", sign: "○", tone: "calm", meaning: "It has not run yet."},
    paused: {word: "paused", sign: "❚❚", tone: "calm", meaning: "Somebody has paused it."},
    inactive: {word: "inactive", sign: "◌", tone: "calm", meaning: "It does not fire."},
};

/** Of a job of the list; healthy without a run is new. */
export const conditionOf = job => CONDITIONS[job.condition === "healthy" && !job.lastRunid ? "fresh" : job.condition];

/** What a run is, or how it ended. */
export const STATUSES = {
    queued: {word: "waiting", sign: "⋯", tone: "busy"},
    running: {word: "running", sign: "▶", tone: "busy"},
    succeeded: {word: "succeeded", sign: "✓", tone: "good"},
    failed: {word: "failed", sign: "✕", tone: "bad"},
    skipped: {word: "skipped", sign: "↷", tone: "warn"},
};

/** A job's name, or what it is called without one. */
export const nameOf = job => job.jobname ?? (job.jobid ? `Job ${job.jobid}` : "once");

/** What is typed to find a name, as REST looks for it: anywhere in it, unless stars say where. */
export const patternOf = typed => typed.includes("*") ? typed : `*${typed}*`;

export const number = value => (value ?? 0).toLocaleString();

/** "3 jobs", "1 job". */
export const count = (value, one, many = one + "s") => `${number(value)} ${value === 1 ? one : many}`;

export function percent(part, whole) {
    return whole ? `${(Math.floor(1000 * part / whole) / 10).toLocaleString()} %` : "–";
}

const SIZES = ["B", "kB", "MB", "GB", "TB"];

/** Bytes, by 1024. */
export function bytes(value) {
    if (value === null || value === undefined) {
        return "–";
    }
    let place = 0;
    let rest = value;
    while (rest >= 1024 && place < SIZES.length - 1) {
        rest /= 1024;
        place++;
    }
    return `${rest < 10 && place ? rest.toFixed(1) : Math.round(rest)} ${SIZES[place]}`;
}

/** The first line of a text. */
export const firstLine = text => (text ?? "").split("\n", 1)[0];

/** A text of the database's that begins as one. */
export const sentence = text => text.charAt(0).toUpperCase() + text.slice(1);
