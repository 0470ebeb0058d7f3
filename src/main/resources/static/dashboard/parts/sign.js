/** A status as word and sign: never by colour alone. */
import {html} from "htm/preact/standalone.module.js";
import {conditionOf, STATUSES} from "../words.js";

export const Sign = ({sign, word, tone, meaning}) => html`
    <span class="sign ${tone}" title=${meaning}><span class="glyph" aria-hidden="true">${sign}</span> ${word}</span>`;

export const ConditionSign = ({job}) => html`<${Sign} ...${conditionOf(job)} />`;

export const StatusSign = ({run}) => html`<${Sign} ...${STATUSES[run.status] ?? {sign: "?", word: "unknown", tone: "calm"}} />`;
