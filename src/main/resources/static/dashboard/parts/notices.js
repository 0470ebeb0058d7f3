/** What has just been done, or could not be: shown for a while, and read out. */
import {createContext, html, useCallback, useContext, useRef, useState} from "htm/preact/standalone.module.js";

const MILLISECONDS = 6_000;
const NoticeContext = createContext(() => {});

/** @return {(text: string, tone?: "good"|"bad"|"warn", link?: {href: string, text: string}) => void} */
export const useNotify = () => useContext(NoticeContext);

export function Notices({children}) {
    const [notices, setNotices] = useState([]);
    const next = useRef(0);
    const close = useCallback(number => setNotices(all => all.filter(notice => notice.number !== number)), []);
    const notify = useCallback((text, tone = "good", link) => {
        const number = next.current++;
        setNotices(all => [...all.slice(-3), {number, text, tone, link}]);
        if (tone !== "bad") {
            setTimeout(() => close(number), MILLISECONDS);
        }
    }, [close]);
    return html`
        <${NoticeContext.Provider} value=${notify}>${children}<//>
        <div class="notices" role="status" aria-live="polite">${notices.map(notice => html`
            <div class="notice ${notice.tone}" key=${notice.number}>
                <span>${notice.text} ${notice.link && html`<a href=${notice.link.href}>${notice.link.text}</a>`}</span>
                <button type="button" class="quiet" aria-label="Close" onClick=${() => close(notice.number)}>✕</button>
            </div>`)}
        </div>`;
}
