/** The address, which is all the state that a page has: a link shows somebody else the same. */
import {useEffect, useMemo, useState} from "htm/preact/standalone.module.js";

const MOVED = "cronlink-moved";

/** Goes to another address of the dashboard. `replace`: without a step back, as for a filter that is being typed. */
export function go(address, {replace = false} = {}) {
    if (address !== location.pathname + location.search) {
        history[replace ? "replaceState" : "pushState"](null, "", address);
        dispatchEvent(new Event(MOVED));
    }
}

/** @return {{path: string, query: URLSearchParams}} */
export function useLocation() {
    const [address, setAddress] = useState(location.pathname + location.search);
    useEffect(() => {
        const look = () => setAddress(location.pathname + location.search);
        addEventListener("popstate", look);
        addEventListener(MOVED, look);
        return () => {
            removeEventListener("popstate", look);
            removeEventListener(MOVED, look);
        };
    }, []);
    return useMemo(() => {
        const [path, query] = address.split("?");
        return {path, query: new URLSearchParams(query)};
    }, [address]);
}

/**
 * The query of the address as an object, and a function to change some of it: what is null or empty goes away.
 *
 * @return {[Object<string, string>, (changes: Object, options?: {replace: boolean}) => void]}
 */
export function useQuery() {
    const {path, query} = useLocation();
    const change = (changes, options = {replace: true}) => {
        const changed = new URLSearchParams(location.search);
        for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === undefined || value === "") {
                changed.delete(name);
            } else {
                changed.set(name, value);
            }
        }
        const text = changed.toString();
        go(path + (text ? "?" + text : ""), options);
    };
    return [Object.fromEntries(query), change];
}

/** Links of the dashboard are followed without loading the page anew; all others are the browser's. */
export function followLinks() {
    const follow = event => {
        const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
        if (link === null || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey
                || event.shiftKey || event.altKey || link.target || link.hasAttribute("download")
                || link.origin !== location.origin || /^\/(api|actuator|oauth2)\b/.test(link.pathname)) {
            return;
        }
        event.preventDefault();
        go(link.pathname + link.search);
        scrollTo(0, 0);
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
}
