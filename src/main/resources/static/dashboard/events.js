/** What happens as it happens: GET /api/v1/events, once for a page, told to whoever listens. */
import {createContext, useContext, useEffect, useRef} from "htm/preact/standalone.module.js";
import {address} from "./rest.js";

const KINDS = ["run-started", "run-ended", "job-changed", "job-removed", "settings-changed"];
/** A page that nobody looks at gives its stream back: a browser has six connections to a host for all its tabs. */
const UNSEEN_MILLISECONDS = 20_000;

export class Events {

    #listeners = new Set();
    #source = null;
    #unseen = null;
    #state;

    /** @param state called with true while the stream is open, and false while it is lost */
    constructor(state = () => {}) {
        this.#state = state;
    }

    /** @param listener called with {type, data}; of type reset: some may be missing, so read again */
    subscribe(listener) {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    open() {
        document.addEventListener("visibilitychange", this.#look);
        this.#connect();
        return () => {
            document.removeEventListener("visibilitychange", this.#look);
            clearTimeout(this.#unseen);
            this.#disconnect();
        };
    }

    #connect() {
        const source = new EventSource(address("/events"));
        source.onopen = () => this.#state(true);
        source.onerror = () => {
            // The service ends each stream after a while, and the browser asks again by itself: only silence is news.
            setTimeout(() => this.#source === source && source.readyState !== EventSource.OPEN && this.#lost(source), 5_000);
        };
        // A stream tells what happens from `ready` on: what was read before it may be older.
        for (const type of ["ready", "reset"]) {
            source.addEventListener(type, () => this.#tell({type: "reset", data: {}}));
        }
        for (const type of KINDS) {
            source.addEventListener(type, event => this.#tell({type, data: JSON.parse(event.data)}));
        }
        this.#source = source;
    }

    #lost(source) {
        this.#state(false);
        if (source.readyState === EventSource.CLOSED) {
            this.#disconnect();
            setTimeout(() => {
                if (this.#source === null && document.visibilityState === "visible") {
                    this.#connect();
                }
            }, 5_000);
        }
    }

    #disconnect() {
        this.#source?.close();
        this.#source = null;
    }

    #look = () => {
        clearTimeout(this.#unseen);
        if (document.visibilityState === "hidden") {
            this.#unseen = setTimeout(() => this.#disconnect(), UNSEEN_MILLISECONDS);
        } else if (this.#source === null) {
            this.#connect();
        }
    };

    #tell(event) {
        this.#listeners.forEach(listener => listener(event));
    }
}

export const EventsContext = createContext(null);

/**
 * Calls `react(events)` with what has happened, all of the last `pause` milliseconds at once: a thousand runs a second are one call.
 *
 * @param concerns which events are of interest
 */
export function useEvents(react, concerns = () => true, pause = 500) {
    const events = useContext(EventsContext);
    const latest = useRef();
    latest.current = {react, concerns};
    useEffect(() => {
        let waiting = [];
        let timer = null;
        const unsubscribe = events?.subscribe(event => {
            if (event.type !== "reset" && !latest.current.concerns(event)) {
                return;
            }
            waiting.push(event);
            timer ??= setTimeout(() => {
                const all = waiting;
                waiting = [];
                timer = null;
                latest.current.react(all);
            }, pause);
        });
        return () => {
            unsubscribe?.();
            clearTimeout(timer);
        };
    }, [events, pause]);
}
