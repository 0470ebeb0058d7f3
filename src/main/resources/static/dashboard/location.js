/** The address, which is all the state that a page has: a link shows somebody else the same. */
import {useEffect, useMemo, useState} from "htm/preact/standalone.module.js";

const MOVED = "cronlink-moved";

/** The place of what is shown among the steps that the browser can go back and forth. */
let place = history.state?.place ?? 0;
let guard = null;

history.replaceState({place}, "");
addEventListener("popstate", event => {
    if (event.state === null) {
        // A step within the page, by an address that somebody has typed.
        place++;
        history.replaceState({place}, "");
        return;
    }
    const steps = event.state.place - place;
    if (guard && steps) {
        // The browser has gone already. It comes back, and goes again once that is wanted.
        history.go(-steps);
        leave(() => history.go(steps));
    } else {
        place += steps;
        dispatchEvent(new Event(MOVED));
    }
});

/** Goes to another address of the dashboard. `replace`: without a step back, as for a filter that is being typed. */
export function go(address, {replace = false} = {}) {
    if (address === location.pathname + location.search) {
        return;
    }
    if (replace) {
        history.replaceState({place}, "", address);
    } else {
        place++;
        history.pushState({place}, "", address);
    }
    dispatchEvent(new Event(MOVED));
}

/**
 * From now on nobody leaves what is shown by a link, or by a step back or forth, without being asked.
 *
 * @param ask called with what leaves it, if that is the answer
 * @return ends it
 */
export function guardLeaving(ask) {
    guard = ask;
    return () => {
        guard = null;
    };
}

function leave(act) {
    if (guard) {
        guard(() => {
            guard = null;
            act();
        });
    } else {
        act();
    }
}

/** @return {{path: string, query: URLSearchParams}} */
export function useLocation() {
    const [address, setAddress] = useState(location.pathname + location.search);
    useEffect(() => {
        const look = () => setAddress(location.pathname + location.search);
        addEventListener(MOVED, look);
        return () => {
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
        if (link.getAttribute("href").startsWith("#")) {
            document.querySelector(link.hash)?.focus();
            return;
        }
        leave(() => {
            go(link.pathname + link.search);
            scrollTo(0, 0);
        });
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
}
