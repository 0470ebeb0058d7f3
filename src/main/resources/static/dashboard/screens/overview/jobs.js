/** The jobs of the list: a page at a time as somebody scrolls, and those that something has happened to are read anew. */
import {useCallback, useEffect, useRef, useState} from "htm/preact/standalone.module.js";
import {useEvents} from "../../events.js";
import {useClient} from "../../rest.js";

const PAGE = 100;
/** Of more than these the whole list is read anew. */
const MOST_AT_ONCE = 200;
/** So often the order, and what became of it by itself, is looked at again. */
const PERIOD_MILLISECONDS = 10_000;
const INCLUDE = "scheduleDescription,recentRuns";
const NOTHING = {shown: [], next: undefined, isLoading: true, failure: undefined};

/**
 * @return {{shown: object[], isLoading: boolean, failure: Error|undefined, more: () => void, hasMore: boolean, refresh: () => void}}
 */
export function useJobs(filter, sort) {
    const client = useClient();
    const [state, setState] = useState(NOTHING);
    const latest = useRef(NOTHING);
    const question = useRef(null);
    const put = useCallback(change => {
        latest.current = {...latest.current, ...change};
        setState(latest.current);
    }, []);

    const read = useCallback(async (after, limit, keep) => {
        const asked = {controller: new AbortController(), isOld: false, events: []};
        question.current = asked;
        put({isLoading: true});
        let answer;
        try {
            const page = await client.read("/jobs", {...filter, sort, after, limit, include: INCLUDE}, {signal: asked.controller.signal});
            answer = {shown: keep ? [...latest.current.shown, ...page.jobs] : page.jobs, next: page.next, failure: undefined};
        } catch (failure) {
            answer = {failure};
        }
        if (question.current === asked) {
            question.current = null;
            put({...answer, isLoading: false});
            if (asked.isOld) {
                refresh();
            }
            update(asked.events);
        }
    }, [client, filter, sort]);

    const refresh = useCallback(() => {
        if (question.current) {
            // An answer that is awaited is not given up for the next one.
            question.current.isOld = true;
        } else {
            read(undefined, Math.min(1000, Math.max(PAGE, latest.current.shown.length)), false);
        }
    }, [read]);

    /** In place: nothing jumps while somebody reads. */
    const update = useCallback(async events => {
        if (question.current) {
            // What it is about to tell may be older.
            question.current.events.push(...events);
            return;
        }
        const known = new Map(latest.current.shown.map(job => [job.jobid, job]));
        const changed = [...new Set(events.map(event => event.data.jobid))].filter(jobid => known.has(jobid));
        const isOther = events.some(event => event.type === "reset" || event.type === "job-removed"
            || event.type === "job-changed" && !known.has(event.data.jobid));
        if (isOther || changed.length > MOST_AT_ONCE) {
            refresh();
        } else if (changed.length) {
            try {
                const page = await client.read("/jobs", {jobid: changed.join(), include: INCLUDE, limit: MOST_AT_ONCE});
                const anew = new Map(page.jobs.map(job => [job.jobid, job]));
                put({shown: latest.current.shown.map(job => anew.get(job.jobid) ?? job)});
            } catch {
                // The next look at all of them says it, if it goes on.
            }
        }
    }, [client, refresh]);
    useEvents(update, event => event.type !== "settings-changed", 1_000);

    useEffect(() => {
        read(undefined, PAGE, false);
        const timer = setInterval(refresh, PERIOD_MILLISECONDS);
        return () => {
            clearInterval(timer);
            question.current?.controller.abort();
            question.current = null;
        };
    }, [read, refresh]);

    const more = () => !state.isLoading && state.next && read(state.next, PAGE, true);

    return {
        ...state,
        more,
        hasMore: Boolean(state.next),
        refresh,
    };
}
