/** Asks before what was typed is lost: by a link of the page, by a step back, or by closing or reloading it. */
import {html, useEffect, useState} from "htm/preact/standalone.module.js";
import {guardLeaving} from "../../location.js";
import {Dialog} from "../../parts/dialog.js";

/** @return the window that asks, to be put beside what is shown */
export function useLeaving(isUnsaved) {
    const [leave, setLeave] = useState(null);
    useEffect(() => {
        if (!isUnsaved) {
            return undefined;
        }
        const close = event => event.preventDefault();
        const release = guardLeaving(act => setLeave(() => act));
        addEventListener("beforeunload", close);
        return () => {
            removeEventListener("beforeunload", close);
            release();
        };
    }, [isUnsaved]);
    const stay = () => setLeave(null);
    return leave && html`
        <${Dialog} title="Leave without saving?" close=${stay}>
            <p>What you have typed is lost.</p>
            <footer><button type="button" onClick=${stay}>Stay</button>
                <button type="button" class="danger" onClick=${leave}>Leave</button></footer>
        <//>`;
}
