/** A field for SQL: a plain one until the editor is there, and if it cannot be loaded. */
import {html, useEffect, useLayoutEffect, useRef, useState} from "htm/preact/standalone.module.js";

/** @param change called with the text */
export function SqlEditor({id, label, description = "", value, change, isInvalid = false, isLocked = false}) {
    const [isThere, setThere] = useState(() => customElements.get("sql-editor") !== undefined);
    const field = useRef(null);
    const place = useRef(null);
    const latest = useRef(change);
    latest.current = change;
    useEffect(() => {
        let isWanted = true;
        // Whoever cannot have the editor goes on in the plain field.
        import("./sql-element.js").then(() => {
            if (isWanted) {
                place.current = document.activeElement === field.current ? field.current?.selectionStart ?? null : null;
                setThere(true);
            }
        }, () => {});
        return () => {
            isWanted = false;
        };
    }, []);
    useLayoutEffect(() => {
        if (!isThere) {
            return undefined;
        }
        const editor = field.current;
        editor.value = value;
        if (place.current !== null) {
            editor.takeOver(place.current);
        }
        const edited = () => latest.current(editor.value);
        editor.addEventListener("edited", edited);
        return () => editor.removeEventListener("edited", edited);
    }, [isThere]);
    useLayoutEffect(() => {
        if (isThere) {
            field.current.value = value;
        }
    }, [isThere, value]);
    useLayoutEffect(() => {
        if (isThere) {
            field.current.describe({label, description, isInvalid, isLocked});
        }
    }, [isThere, label, description, isInvalid, isLocked]);
    return isThere
        ? html`<sql-editor id=${id} class=${isInvalid ? "invalid" : ""} key="editor" ref=${field}></sql-editor>`
        : html`<textarea id=${id} key="plain" ref=${field} aria-label=${label} aria-invalid=${isInvalid} spellcheck=${false}
            readonly=${isLocked}
            value=${value} onInput=${event => change(event.target.value)}></textarea>`;
}
