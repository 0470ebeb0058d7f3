/**
 * Kinds of properties: how each is written for people, read from what they typed, and entered.
 *
 * A field is {name, label, help, kind, nullable: what it means to have none, choices}.
 */
import {html} from "htm/preact/standalone.module.js";
import {exactDuration, parseDuration} from "../../durations.js";
import {isZone} from "../../time.js";
import {number} from "../../words.js";

const wrong = message => {
    throw new Error(message);
};

const KINDS = {
    duration: {
        write: exactDuration,
        read: parseDuration,
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

/** What was typed, as it is sent; throws an Error that says what is wrong. */
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
            return html`<select ...${common}>
                ${field.choices.map(([value, words]) => html`<option value=${value}>${words}</option>`)}</select>`;
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
