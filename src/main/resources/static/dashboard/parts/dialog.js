/** A window before the page. The browser's own element: it keeps the focus inside, and Escape closes it. */
import {html, useEffect, useRef, useState} from "htm/preact/standalone.module.js";
import {Failure} from "./states.js";

export function Dialog({title, close, children, wide = false}) {
    const dialog = useRef(null);
    useEffect(() => {
        dialog.current.showModal();
    }, []);
    return html`
        <dialog ref=${dialog} class=${wide ? "wide" : ""} aria-labelledby="dialog-title" onClose=${close}
                onClick=${event => event.target === dialog.current && close()}>
            <div class="inside">
                <header><h2 id="dialog-title">${title}</h2>
                    <button type="button" class="quiet" aria-label="Close" onClick=${close}>✕</button></header>
                ${children}
            </div>
        </dialog>`;
}

/**
 * Asks before something is done, and says what follows from it.
 *
 * @param act what is done, with the note: a promise; its failure is shown, and the window stays
 * @param noteLabel there is a field for a note if this is given
 */
export function Confirm({title, consequences, action, isDangerous = false, noteLabel, act, close}) {
    const [note, setNote] = useState("");
    const [failure, setFailure] = useState(null);
    const [isBusy, setBusy] = useState(false);
    const submit = async event => {
        event.preventDefault();
        setBusy(true);
        try {
            await act(note.trim() || null);
            close();
        } catch (problem) {
            setFailure(problem);
            setBusy(false);
        }
    };
    return html`
        <${Dialog} title=${title} close=${close}>
            <form onSubmit=${submit}>
                <div class="consequences">${consequences}</div>
                ${noteLabel && html`<label class="field">${noteLabel}
                    <input type="text" maxlength="1000" value=${note} onInput=${event => setNote(event.target.value)} /></label>`}
                ${failure && html`<${Failure} failure=${failure} />`}
                <footer>
                    <button type="button" onClick=${close}>Leave it</button>
                    <button type="submit" class=${isDangerous ? "danger" : "primary"} disabled=${isBusy}>${action}</button>
                </footer>
            </form>
        <//>`;
}
