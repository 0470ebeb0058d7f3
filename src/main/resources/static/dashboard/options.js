/** What may be set of a job: what it is called, what it means, how it is written, and what holds where it is not set. */
import {exactDuration, parseDuration} from "./durations.js";
import {exactly, viewerZone} from "./time.js";

/** How the values of a kind are typed and shown; `parse` throws an Error that says how to write it. */
const KINDS = {
    text: {text: String, parse: text => text, words: String},
    number: {text: String, parse: parseNumber, words: String},
    duration: {text: exactDuration, parse: parseDuration, words: exactDuration},
    time: {text: localTime, parse: parseTime, words: time => exactly(time, viewerZone)},
    choice: {text: String, parse: text => text, words: String},
    yesno: {text: String, parse: text => text === "true", words: value => value ? "yes" : "no"},
};

const OVERLAP = {queue: "queue: wait for its end, one at most", skip: "skip: leave the fire out", allow: "allow: run side by side"};
const CATCH_UP = {once: "once: one run for all of them", all: "all: a run for each", skip: "skip: leave them out"};
const LOG_LEVEL = {all: "all runs", failures: "failures only", none: "none"};

/**
 * By property of REST, in the order of a jobs file: {label, kind, meaning}, and `fallback(settings, scheduler)`, the value that holds
 * where nothing is set, or `unset`, words for there being none. `isRequired`: a job that is there always has one.
 */
export const OPTIONS = {
    jobname: {
        label: "Name", kind: "text", unset: "none",
        meaning: "One of a kind among the jobs of its role. Other jobs run after it by this name.",
    },
    username: {
        label: "Role", kind: "text", isRequired: true, fallback: (settings, scheduler) => scheduler.jobUsername,
        meaning: "The role it logs in as: it may do what this one may.",
    },
    schedule: {label: "Schedule", kind: "text", unset: "none"},
    timezone: {
        label: "Time zone", kind: "text", fallback: settings => settings.timezone,
        meaning: "By whose clock the schedule is read.",
    },
    command: {label: "Command", kind: "text", unset: "none"},
    active: {label: "Active", kind: "yesno", fallback: () => true, meaning: "An inactive job does not fire."},
    database: {
        label: "Database", kind: "text", isRequired: true, fallback: (settings, scheduler) => scheduler.database,
        meaning: "Where the command runs, on this server or the host below.",
    },
    nodename: {
        label: "Host", kind: "text", isRequired: true, fallback: () => "localhost",
        meaning: "localhost is this server. Any other host needs a foreign server with its address.",
    },
    nodeport: {label: "Port", kind: "number", unset: "this server's", meaning: "The port of that host."},
    description: {label: "Description", kind: "text", unset: "none", meaning: "For people: what it is for, whom to ask."},
    validFrom: {label: "Not before", kind: "time", unset: "from the start", meaning: "It does not fire earlier."},
    validUntil: {label: "Not after", kind: "time", unset: "for ever", meaning: "It does not fire then or later."},
    jitter: {
        label: "Jitter", kind: "duration", unset: "none",
        meaning: "Each fire is late by up to this, so that jobs of one time spread. A day at most.",
    },
    timeout: {
        label: "Timeout", kind: "duration", fallback: settings => settings.timeout, unset: "no limit",
        meaning: "A run that takes longer is cancelled, and fails.",
    },
    maxAttempts: {
        label: "Attempts", kind: "number", fallback: settings => settings.maxAttempts,
        meaning: "How often a failing run is tried in all.",
    },
    retryDelay: {
        label: "Retry delay", kind: "duration", fallback: settings => settings.retryDelay,
        meaning: "The pause before the second attempt. It doubles from one to the next.",
    },
    overlap: {
        label: "Overlap", kind: "choice", choices: OVERLAP, fallback: settings => settings.overlap,
        meaning: "When it fires while it still runs.",
    },
    catchUp: {
        label: "Catch up", kind: "choice", choices: CATCH_UP, fallback: settings => settings.catchUp,
        meaning: "When fires were missed, as nothing could fire.",
    },
    startDeadline: {
        label: "Start deadline", kind: "duration", fallback: settings => settings.startDeadline, unset: "it waits",
        meaning: "A run that could not start this long after its fire is skipped.",
    },
    maxFailures: {
        label: "Failures in a row", kind: "number", fallback: settings => settings.maxFailures, unset: "never",
        meaning: "After so many the job is deactivated, until somebody looks at it.",
    },
    priority: {
        label: "Priority", kind: "number", fallback: () => 0,
        meaning: "Among runs that wait the higher one starts first.",
    },
    transactional: {
        label: "In one transaction", kind: "yesno", unset: "found out at the first run",
        meaning: "With the record of the run: either both are there or neither. VACUUM and what commits by itself cannot be.",
    },
    jobGroup: {
        label: "Group", kind: "text", unset: "none",
        meaning: "Of a common group's jobs so many run at once as it allows; of any other group of its role, one.",
    },
    logLevel: {
        label: "History", kind: "choice", choices: LOG_LEVEL, fallback: settings => settings.logLevel,
        meaning: "Which of its runs are kept.",
    },
};

/** As they are shown together. */
export const OPTION_GROUPS = [
    {title: "When it fails", names: ["timeout", "maxAttempts", "retryDelay", "maxFailures"]},
    {title: "When fires meet or are missed", names: ["overlap", "catchUp", "startDeadline", "jitter"]},
    {title: "Among other jobs", names: ["jobGroup", "priority"]},
    {title: "Where and as whom", names: ["username", "database", "nodename", "nodeport"]},
    {title: "From when until when", names: ["validFrom", "validUntil"]},
    {title: "Transaction and history", names: ["transactional", "logLevel"]},
];

/** A value as it is typed: empty is not set. */
export const typed = (name, value) => value === null || value === undefined ? "" : KINDS[OPTIONS[name].kind].text(value);

/** What was typed, as REST takes it: null is not set. Throws an Error that says how to write it. */
export const parsed = (name, text) => text === "" ? null : KINDS[OPTIONS[name].kind].parse(text);

/** What holds where the option is not set; null: nothing. */
export const fallback = (name, {settings, scheduler}) => OPTIONS[name].fallback?.(settings, scheduler) ?? null;

/** A value in words; what is not set as what holds then. */
export function worded(name, value, context) {
    const option = OPTIONS[name];
    if (value !== null && value !== undefined && value !== "") {
        return KINDS[option.kind].words(value);
    }
    const held = fallback(name, context);
    return held === null ? option.unset ?? "not set" : worded(name, held, context);
}

function parseNumber(text) {
    if (!/^\s*[+-]?\d{1,15}\s*$/.test(text)) {
        throw new Error("It is a whole number.");
    }
    return Number(text);
}

const two = part => String(part).padStart(2, "0");

/** For a field of type datetime-local, which knows the viewer's zone only. */
function localTime(iso) {
    const time = new Date(iso);
    const date = `${String(time.getFullYear()).padStart(4, "0")}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
    return `${date}T${two(time.getHours())}:${two(time.getMinutes())}${time.getSeconds() ? ":" + two(time.getSeconds()) : ""}`;
}

function parseTime(text) {
    const time = new Date(text);
    if (Number.isNaN(time.getTime())) {
        throw new Error("It is a date and a time.");
    }
    return time.toISOString().replace(".000Z", "Z");
}
