/** What is going to be saved, what was refused of it, and the button. */
import {html} from "htm/preact/standalone.module.js";
import {OPTIONS} from "../../options.js";
import {Failure} from "../../parts/states.js";
import {count} from "../../words.js";
import {Difference} from "./difference.js";

export function Saving({isThere, isCopy, names, before, after, context, isBusy, refusal, isAgain, back}) {
    const nothing = isThere && names.length === 0;
    return html`
        <section class="card saving" aria-labelledby="saving-title">
            <header><h2 id="saving-title">${isThere ? "What changes" : isCopy ? "What differs from the original" : "Ready?"}</h2></header>
            <div class="inside fields">
                ${names.length > 0 && (isThere || isCopy)
                    ? html`<${Difference} names=${names} before=${before} after=${after} context=${context} />`
                    : html`<p class="hint">${isThere ? "Nothing yet." : isCopy ? "Nothing yet: a copy has no name, and is inactive."
                        : "It is made as it stands beside, and fires from then on if it is active."}</p>`}
                ${isThere && names.length > 0 && html`<p class="hint">What has fired already and waits runs as it was.</p>`}
                ${refusal && html`<${Refusal} problem=${refusal} />`}
                <div class="bar"><button type="submit" class="primary" disabled=${isBusy || nothing}>${isBusy ? "Saving…"
                    : isThere ? nothing ? "Save" : `Save ${count(names.length, "change")}${isAgain ? " on top" : ""}`
                        : isCopy ? "Make the copy" : "Make the job"}</button>
                    <a class="button" href=${back}>Cancel</a></div>
            </div>
        </section>`;
}

/** By the names that the fields have here. */
function Refusal({problem}) {
    const errors = problem.errors?.filter(error => OPTIONS[error.field]) ?? [];
    return errors.length === 0 ? html`<${Failure} failure=${problem} />` : html`
        <div class="notice bad" role="alert">
            <p class="strong">It was refused, and nothing is saved.</p>
            ${errors.map(error => html`<p>${OPTIONS[error.field].label}: ${error.message}</p>`)}
        </div>`;
}
