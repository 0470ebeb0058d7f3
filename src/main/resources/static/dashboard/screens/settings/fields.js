/**
 * Kinds of properties: how each is written for people, read from what they typed, and entered.
 *
 * A field is {name, label, help, kind, nullable: what it means to have none, choices}.
 */
import {html} from "htm/preact/standalone.module.js";
import {isoDuration, isZone, seconds} from "../../time.js";
import {number} from "../../words.js";
import {parsed, written} from "./duration.js";

const wrong = message => {
    throw new RangeError(message);
};

const KINDS = {
    duration: {
        write: value => written(seconds(value)),
        read: text => {
            const total = parsed(text);
            return total === undefined ? wrong("Write a time as 20 min, 1 h 30 min or 30 d.") : isoDuration(total);
        },
    },
    number: {
        write: value => String(value),
        say: number,
        read: text => /^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : wrong("Write a number."),
    },
    switch: {
        write: value => String(value),
        say: value => value ? "yes" : "no",
        read: text => text === "true",
    },
    zone: {
        write: value => value,
        read: text => isZone(text.trim()) ? text.trim() : wrong("Write a zone by its name, as Europe/Berlin."),
    },
    clock: {
        write: value => value.slice(0, 5),
        read: text => /^\d\d:\d\d$/.test(text) ? `${text}:00` : wrong("Write a time of the day, as 22:00."),
    },
    choice: {
        write: value => value,
        read: text => text,
    },
};

/** A property's value as the text of its input; null is none. */
export const write = (field, value) => value === null || value === undefined ? "" : KINDS[field.kind].write(value);

/** What was typed, as it is sent; throws a RangeError that says what is wrong. */
export function read(field, text) {
    if (text.trim() === "") {
        return field.nullable ? null : wrong("It cannot be empty.");
    }
    return KINDS[field.kind].read(text);
}

/** A property's value in words. */
export function say(field, value) {
    if (value === null || value === undefined) {
        return field.nullable ?? "not set";
    }
    const choice = field.choices?.find(([name]) => name === value);
    return choice ? choice[1] : (KINDS[field.kind].say ?? KINDS[field.kind].write)(value);
}

/** Same for what is sent and what was read: PT1H is PT3600S. */
export const isSame = (field, one, other) =>
    one === other || field.kind === "duration" && one !== null && other !== null && seconds(one) === seconds(other);

export function Input({field, text, change, describedBy, isWrong}) {
    const common = {
        "id": `field-${field.name}`,
        "value": text,
        "onInput": event => change(event.target.value),
        "aria-describedby": describedBy,
        "aria-invalid": isWrong,
    };
    switch (field.kind) {
        case "switch":
            return html`<select ...${common}><option value="true">yes</option><option value="false">no</option></select>`;
        case "choice":
            return html`<select ...${common}>${field.choices.map(([value, words]) => html`<option value=${value}>${words}</option>`)}</select>`;
        case "zone":
            return html`<input type="text" list="zones" spellcheck=${false} ...${common} placeholder=${field.nullable} />
                <datalist id="zones">${Intl.supportedValuesOf("timeZone").map(zone => html`<option value=${zone}></option>`)}</datalist>`;
        case "clock":
            return html`<input type="time" ...${common} />`;
        default:
            return html`<input type="text" inputmode=${field.kind === "number" ? "decimal" : undefined} autocomplete="off"
                ...${common} placeholder=${field.nullable} />`;
    }
}
