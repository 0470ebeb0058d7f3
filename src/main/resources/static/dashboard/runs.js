/** A list of runs that lives: pages of GET /runs, the latest first, kept up to date by events without moving what somebody reads. */
import {useCallback, useEffect, useRef, useState} from "htm/preact/standalone.module.js";
import {useEvents} from "./events.js";
import {useClient} from "./rest.js";

const PAGE = 50;
/** A page may be short, or empty, and have a next one: so many are asked for before somebody is to say whether to go on. */
const SEARCHES = 4;
const AWAY_PIXELS = 240;
const PAUSE_MILLISECONDS = 500;
const NOTHING = {runs: undefined, next: null, held: [], failure: undefined, isLoading: true};

/** Whether a run that was not known belongs above those that are shown. */
const newest = runs => runs[0]?.runid ?? 0;

/** What is shown, with what is known now of the runs down to the last of `page`; new ones are left out. */
function renewed(shown, page) {
    const known = new Map(page.runs.map(run => [run.runid, run]));
    const lowest = page.next === null ? 0 : page.runs.at(-1)?.runid ?? Infinity;
    return shown.filter(run => run.runid < lowest || known.has(run.runid)).map(run => known.get(run.runid) ?? run);
}

/** An end or a start of a run that is further down than the first page. */
function told(run, events) {
    const last = events.findLast(event => event.data.runid === run.runid);
    return last && !run.endTime ? {
        ...run,
        status: last.data.status,
        startTime: last.data.startTime ?? run.startTime,
        endTime: last.data.endTime ?? null,
        sqlstate: last.data.sqlstate ?? null,
        returnMessage: last.data.message ?? run.returnMessage,
    } : run;
}

/**
 * @param filter the parameters of GET /runs
 * @return {{runs, held, next, failure, isLoading, older: () => void, show: () => void, reload: () => void}} `held` are new runs that
 *     wait until they are asked for by `show`, because the page is scrolled
 */
export function useRuns(filter) {
    const client = useClient();
    const key = JSON.stringify(filter);
    const [state, setState] = useState(NOTHING);
    const current = useRef(null);
    const first = useRef(null);
    const asking = useRef([]);

    const page = useCallback(before =>
        client.read("/runs", {...filter, before, limit: PAGE}, {signal: current.current.signal}), [client, key]);

    const older = useCallback(async before => {
        const controller = current.current;
        setState(now => ({...now, isLoading: true, failure: undefined}));
        try {
            let next = before;
            let found = [];
            for (let search = 0; search < SEARCHES && found.length < PAGE && (search === 0 || next !== null); search++) {
                const answer = await page(next);
                found = [...found, ...answer.runs];
                next = answer.next;
            }
            if (current.current === controller) {
                // What follows the end of the list of then does not follow that of another one.
                setState(now => now.next === before ? {...now, runs: [...now.runs ?? [], ...found], next, isLoading: false}
                    : {...now, isLoading: false});
            }
        } catch (failure) {
            if (failure.name !== "AbortError" && current.current === controller) {
                setState(now => ({...now, failure, isLoading: false}));
            }
        }
    }, [page]);

    const renewOnce = useCallback(async events => {
        const controller = current.current;
        if (!controller) {
            return;
        }
        try {
            // What it is about to tell may be older than what has happened meanwhile.
            await first.current;
            const answer = await page(null);
            if (current.current !== controller) {
                return;
            }
            setState(now => {
                if (!now.runs) {
                    return {...now, runs: answer.runs, next: answer.next, failure: undefined};
                }
                const shown = renewed(now.runs, answer).map(run => told(run, events));
                const fresh = answer.runs.filter(run => run.runid > newest(shown));
                const isGap = fresh.length > 0 && fresh.length === answer.runs.length && answer.next !== null;
                if (scrollY > AWAY_PIXELS) {
                    return {...now, runs: shown, held: fresh, failure: undefined};
                }
                if (isGap) {
                    return {...now, runs: answer.runs, next: answer.next, held: [], failure: undefined};
                }
                // As many as before, so that a page which is left open does not grow for ever.
                const most = now.isLoading ? Infinity : Math.max(PAGE, now.runs.length);
                const all = [...fresh, ...shown];
                const kept = all.slice(0, most);
                return {...now, runs: kept, next: all.length > most ? kept.at(-1).runid : now.next, held: [], failure: undefined};
            });
        } catch (failure) {
            if (failure.name !== "AbortError" && current.current === controller) {
                setState(now => ({...now, failure}));
            }
        }
    }, [page]);

    /** One question at a time, however much happens meanwhile. */
    const renew = useCallback(async events => {
        const asked = asking.current;
        asked.push(events);
        if (asked.length > 1) {
            return;
        }
        // Until another list is asked for.
        while (asked.length && asking.current === asked) {
            const together = asked.flat();
            const before = asked.length;
            await renewOnce(together);
            asked.splice(0, before);
        }
    }, [renewOnce]);

    useEffect(() => {
        asking.current = [];
        current.current = new AbortController();
        setState(NOTHING);
        first.current = older(null);
        return () => {
            current.current.abort();
            current.current = null;
        };
    }, [older]);

    useEvents(renew, event => event.type.startsWith("run-") && (!filter.jobid || event.data.jobid === Number(filter.jobid)),
        PAUSE_MILLISECONDS);

    return {
        ...state,
        older: () => older(state.next),
        show: () => {
            scrollTo(0, 0);
            renew([]);
        },
        reload: () => renew([]),
    };
}

/**
 * Runs with their earlier attempts, which came to nothing: each {run, attempts}, where the attempts are those before it, the latest first.
 */
export function withAttempts(runs) {
    const retries = new Map(runs.filter(run => run.trigger === "retry").map(run => [run.originRunid, run]));
    const known = new Map(runs.map(run => [run.runid, run]));
    return runs.filter(run => !retries.has(run.runid)).map(run => {
        const attempts = [];
        for (let last = run; last?.trigger === "retry" && known.has(last.originRunid); last = known.get(last.originRunid)) {
            attempts.push(known.get(last.originRunid));
        }
        return {run, attempts};
    });
}
