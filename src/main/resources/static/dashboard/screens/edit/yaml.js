/** A job as it stands in a jobs file: docs/jobs-as-code.md. What the service exports looks the same. */
import {html, useRef} from "htm/preact/standalone.module.js";
import {fallback, OPTIONS} from "../../options.js";
import {useNotify} from "../../parts/notices.js";

/** Words, with single spaces between them, that are no number and no sign to YAML. */
const PLAIN = /^[A-Za-z][\w/.()+-]*(?: [\w/.()+=]+)*$/;
const KEYWORD = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u;
const HOME = ["database", "nodename"];

/** @return {string} the file of this one job */
export function yamlOf(values, context) {
    const isHome = (values.nodename ?? "localhost") === "localhost";
    const lines = Object.keys(OPTIONS)
        .filter(name => values[name] !== null && values[name] !== undefined && values[name] !== "")
        .filter(name => !(name === "active" && values.active))
        .filter(name => !(HOME.includes(name) && values[name] === fallback(name, context)))
        .filter(name => !(name === "nodeport" && isHome))
        .map(name => `${name}: ${written(values[name])}`);
    return `version: 1\njobs:${lines.length ? `\n  - ${lines.join("\n    ")}` : " []"}\n`;
}

function written(value) {
    if (typeof value !== "string") {
        return String(value);
    }
    if (PLAIN.test(value) && !KEYWORD.test(value)) {
        return value;
    }
    return isBlock(value) ? block(value) : quoted(value);
}

/** Only where nothing of it could be lost: neither at its begin nor at its end. */
function isBlock(text) {
    return text.indexOf("\n") > 0 && /^\S/.test(text) && !text.endsWith("\n\n")
        && text.split("\n").every(line => line === "" || line.trim() !== "") && !UNPRINTABLE.test(text.replace(/[\n\t]/g, ""));
}

function block(text) {
    const lines = text.replace(/\n$/, "").split("\n");
    return (text.endsWith("\n") ? "|" : "|-") + lines.map(line => line === "" ? "\n" : `\n      ${line}`).join("");
}

const quoted = text => JSON.stringify(text).replace(new RegExp(UNPRINTABLE, "gu"), escaped);

function escaped(character) {
    const point = character.codePointAt(0);
    return point > 0xffff ? "\\U" + point.toString(16).padStart(8, "0") : "\\u" + point.toString(16).padStart(4, "0");
}

export function Yaml({values, context}) {
    const shown = useRef(null);
    const notify = useNotify();
    const text = yamlOf(values, context);
    const copy = async () => {
        try {
            await navigator.clipboard.writeText(text);
            notify("Copied.");
        } catch {
            // Only a page of https or of this machine may write there.
            getSelection().selectAllChildren(shown.current);
            notify("It is selected: copy it with the keyboard.", "warn");
        }
    };
    return html`
        <section class="card yaml" aria-labelledby="yaml-title">
            <header><h2 id="yaml-title">As YAML</h2><span class="faint small">as a jobs file has it</span>
                <span class="end"><button type="button" onClick=${copy}>Copy</button></span></header>
            <pre class="inside" ref=${shown} tabindex="0" aria-labelledby="yaml-title">${text}</pre>
        </section>`;
}
