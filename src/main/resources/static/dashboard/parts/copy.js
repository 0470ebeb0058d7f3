/** A button that puts a text onto the clipboard. */
import {html, useEffect, useState} from "htm/preact/standalone.module.js";

const MILLISECONDS = 4_000;

async function put(text) {
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        // Not over plain HTTP: what is selected can be copied there all the same.
        const field = document.createElement("textarea");
        field.value = text;
        document.body.append(field);
        field.select();
        document.execCommand("copy");
        field.remove();
    }
}

export function Copy({text, label = "Copy"}) {
    const [isDone, setDone] = useState(false);
    useEffect(() => {
        const timer = isDone && setTimeout(() => setDone(false), MILLISECONDS);
        return () => clearTimeout(timer);
    }, [isDone]);
    return html`<button type="button" class="quiet small copy" aria-label=${isDone ? "Copied" : label} onClick=${async () => {
        await put(text);
        setDone(true);
    }}>${isDone ? "Copied" : "Copy"}</button>`;
}
