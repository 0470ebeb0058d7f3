/** What is going to be saved, what was refused of it, and the button. */
import {html} from "htm/preact/standalone.module.js";
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
                ${refusal && html`<${Failure} failure=${refusal} />`}
                <div class="bar"><button type="submit" class="primary" disabled=${isBusy || nothing}>${isBusy ? "Saving…"
                    : isThere ? nothing ? "Save" : `Save ${count(names.length, "change")}${isAgain ? " on top" : ""}`
                        : isCopy ? "Make the copy" : "Make the job"}</button>
                    <a class="button" href=${back}>Cancel</a></div>
            </div>
        </section>`;
}
