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

/**
 * @return {{shown: object[], isLoading: boolean, failure: Error|undefined, more: () => void, hasMore: boolean, refresh: () => void}}
 */
export function useJobs(filter, sort) {
    const client = useClient();
    const [state, setState] = useState({shown: [], next: undefined, isLoading: true, failure: undefined});
    const question = useRef(null);
    const latest = useRef(state);
    latest.current = state;

    const read = useCallback(async (after, limit, keep) => {
        const asked = {controller: new AbortController(), isOld: false};
        question.current = asked;
        setState(before => ({...before, isLoading: true}));
        let answer;
        try {
            const page = await client.read("/jobs", {...filter, sort, after, limit, include: INCLUDE}, {signal: asked.controller.signal});
            answer = before => ({
                shown: keep ? [...before.shown, ...page.jobs] : page.jobs, next: page.next, isLoading: false, failure: undefined,
            });
        } catch (failure) {
            answer = before => ({...before, isLoading: false, failure});
        }
        if (question.current === asked) {
            question.current = null;
            setState(answer);
            if (asked.isOld) {
                refresh();
            }
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

    /** In place: nothing jumps while somebody reads. */
    const update = async events => {
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
                setState(before => ({...before, shown: before.shown.map(job => anew.get(job.jobid) ?? job)}));
            } catch {
                // The next look at all of them says it, if it goes on.
            }
        }
    };
    useEvents(update, event => event.type !== "settings-changed", 1_000);

    return {
        ...state,
        more,
        hasMore: Boolean(state.next),
        refresh,
    };
}
