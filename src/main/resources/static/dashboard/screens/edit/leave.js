/** Asks before what was typed is lost: by a link of the page, or by closing it. */
import {html, useEffect, useState} from "htm/preact/standalone.module.js";
import {go} from "../../location.js";
import {Dialog} from "../../parts/dialog.js";

/** @return the window that asks, to be put beside what is shown */
export function useLeaving(isUnsaved) {
    const [wanted, setWanted] = useState(null);
    useEffect(() => {
        if (!isUnsaved) {
            return undefined;
        }
        const close = event => event.preventDefault();
        // Before the page's own listener, which would follow the link.
        const follow = event => {
            const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
            if (link && !link.target && link.origin === location.origin && event.button === 0
                    && !event.metaKey && !event.ctrlKey && !event.shiftKey && !link.getAttribute("href").startsWith("#")) {
                event.preventDefault();
                event.stopPropagation();
                setWanted(link.pathname + link.search);
            }
        };
        addEventListener("beforeunload", close);
        document.addEventListener("click", follow, true);
        return () => {
            removeEventListener("beforeunload", close);
            document.removeEventListener("click", follow, true);
        };
    }, [isUnsaved]);
    const stay = () => setWanted(null);
    return wanted && html`
        <${Dialog} title="Leave without saving?" close=${stay}>
            <p>What you have typed is lost.</p>
            <footer><button type="button" onClick=${stay}>Stay</button>
                <button type="button" class="danger" onClick=${() => go(wanted)}>Leave</button></footer>
        <//>`;
}
