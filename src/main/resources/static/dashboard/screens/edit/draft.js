/** What is typed into the form, and what follows from it: values for REST, what is wrong, what differs. */
import {fallback, OPTIONS, parsed, typed} from "../../options.js";

const NAMES = Object.keys(OPTIONS);
const NEEDED = {schedule: "A job needs a schedule.", command: "A job needs a command."};

/** What was typed if these are the values. */
export const textsOf = values => Object.fromEntries(NAMES.map(name => [name, typed(name, values[name])]));

/** A job that has nothing yet. */
export const NOTHING = {...Object.fromEntries(NAMES.map(name => [name, null])), active: true};

/**
 * @param base the values that the form began with: what was not touched stays as exact as it was
 * @param isThere whether there is such a job: it cannot do without some
 * @return {{values: Object, errors: Object<string, string>}}
 */
export function read(texts, base, isThere, context) {
    const values = {};
    const errors = {};
    for (const name of NAMES) {
        if (texts[name] === typed(name, base[name])) {
            values[name] = base[name] ?? null;
            continue;
        }
        try {
            values[name] = parsed(name, texts[name]);
            if (values[name] === null && isThere && OPTIONS[name].isRequired) {
                values[name] = fallback(name, context);
            }
        } catch (problem) {
            errors[name] = problem.message;
            values[name] = base[name] ?? null;
        }
    }
    for (const [name, words] of Object.entries(NEEDED)) {
        if (texts[name].trim() === "") {
            errors[name] = words;
        }
    }
    return {values, errors};
}

/** The names of what is not the same. */
export const changed = (before, after) => NAMES.filter(name => (before[name] ?? null) !== (after[name] ?? null));

/** Some of the values, as a body of REST. */
export const only = (names, values) => Object.fromEntries(names.map(name => [name, values[name]]));

/** The names of what is set. */
export const given = values => NAMES.filter(name => values[name] !== null && values[name] !== undefined);
