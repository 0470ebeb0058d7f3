/** One field of the form: what it is called, what it means, what holds if it is empty, and what is wrong with it. */
import {html} from "htm/preact/standalone.module.js";
import {OPTIONS, worded} from "../../options.js";
import {exactly, viewerZone} from "../../time.js";
import {sentence} from "../../words.js";

const EXAMPLES = {duration: "such as 20 min", number: "a number"};

/**
 * @param form {texts, change(name, text), errorOf(name), context, isLocked(name)}
 * @param suggestions values to choose from
 */
export function Field({name, form, suggestions, isMono = false, ...more}) {
    const option = OPTIONS[name];
    const error = form.errorOf(name);
    const isTime = option.kind === "time";
    const attributes = {
        id: name,
        name,
        value: form.texts[name],
        disabled: form.isLocked(name),
        "aria-invalid": error ? "true" : undefined,
        "aria-describedby": `${error ? `${name}-error ` : ""}${name}-hint`,
        onInput: event => form.change(name, event.target.value),
        ...more,
    };
    const input = option.kind === "choice" || option.kind === "yesno"
        ? html`<select ...${attributes}><option value="">${`default: ${worded(name, null, form.context)}`}</option>${choices(option)
            .map(([value, words]) => html`<option value=${value} selected=${form.texts[name] === value}>${words}</option>`)}</select>`
        : html`<input type=${isTime ? "datetime-local" : "text"} step=${isTime ? "1" : undefined} autocomplete="off" spellcheck=${false}
            class=${isMono ? "mono" : ""} list=${suggestions ? `${name}-list` : undefined} placeholder=${EXAMPLES[option.kind]}
                ...${attributes} />
            ${suggestions && html`<datalist id=${`${name}-list`}>
                ${suggestions.map(value => html`<option value=${value}></option>`)}</datalist>`}`;
    return html`
        <div class="option">
            <label for=${name}>${option.label}</label>
            ${input}
            <${Wrong} name=${name} error=${error} />
            <p class="hint" id=${`${name}-hint`}>${option.meaning}
                ${form.texts[name] === "" && hasDefault(option)
                    && html` <span class="nowrap">Default: ${worded(name, null, form.context)}.</span>`}
                ${isTime && html` <${Elsewhere} form=${form} name=${name} />`}</p>
        </div>`;
}

/** A choice has it among what may be chosen. */
const hasDefault = option => option.kind !== "choice" && option.kind !== "yesno" && (option.fallback || option.unset !== "none");

const choices = option => option.choices ? Object.entries(option.choices) : [["true", "yes"], ["false", "no"]];

export const Wrong = ({name, error}) => error && html`
    <p class="error" id=${`${name}-error`}>${sentence(error.message)}${error.hint && html`<span class="hint">${error.hint}</span>`}</p>`;

/** The field is read by the viewer's clock; the job's may be another one. */
function Elsewhere({form, name}) {
    const zone = form.texts.timezone || form.context.settings.timezone;
    const time = new Date(form.texts[name]);
    const lines = form.texts[name] && !Number.isNaN(time.getTime()) ? exactly(time.toISOString(), zone).split("\n") : [];
    return html`<span>In ${viewerZone}.${lines[1] && html` That is ${lines[1]}.`}</span>`;
}
