/** The service's REST interface, /api/v1: the only module that asks for anything. */
import {createContext, useCallback, useContext, useEffect, useRef, useState} from "htm/preact/standalone.module.js";

const ROOT = "/api/v1";
/** The service itself cancels a query after 30 s. */
const PATIENCE_MILLISECONDS = 60_000;

/** Why something was refused or could not be asked: a problem of RFC 9457, or status 0 if nobody answered. */
export class Problem extends Error {

    constructor(status, {title, detail, hint, sqlstate, errors, login} = {}) {
        super(detail ?? title ?? "The service does not answer.");
        Object.assign(this, {status, title, hint, sqlstate, errors: errors ?? [], login});
    }

    get isOffline() {
        return this.status === 0;
    }

    /** What is wrong with a property of what was sent, if that was it. */
    of(field) {
        return this.errors.find(error => error.field === field);
    }
}

export class Client {

    #csrf = null;
    #loggedOut;

    /** @param loggedOut called when an answer says that nobody is logged in any more */
    constructor(loggedOut = () => {}) {
        this.#loggedOut = loggedOut;
    }

    /** Who is logged in; throws a Problem with `login`, the ways to log in, if nobody is. */
    async session() {
        const session = (await this.#send("GET", "/session")).body;
        this.#csrf = session.csrf;
        return session;
    }

    async login(username, password) {
        const session = (await this.#send("POST", "/session", {body: {username, password}})).body;
        this.#csrf = session.csrf;
        return session;
    }

    async logout() {
        await this.send("DELETE", "/session");
        this.#csrf = null;
    }

    /** The body of a GET, given up after a minute; what is null, undefined or empty in `query` is left out. */
    async read(path, query, {signal} = {}) {
        const lost = AbortSignal.timeout(PATIENCE_MILLISECONDS);
        return (await this.send("GET", path, {query, signal: signal ? AbortSignal.any([signal, lost]) : lost})).body;
    }

    /** @return {Promise<{body: any, etag: string?, location: string?, status: number}>} */
    async send(method, path, options) {
        try {
            return await this.#send(method, path, options);
        } catch (problem) {
            if (problem.status === 401) {
                this.#loggedOut();
            }
            throw problem;
        }
    }

    async #send(method, path, {query, body, headers = {}, type = "application/json", signal} = {}) {
        const sent = {"Accept": "application/json, application/problem+json, */*;q=0.5", ...headers};
        if (body !== undefined) {
            sent["Content-Type"] = type;
        }
        if (method !== "GET" && this.#csrf) {
            sent[this.#csrf.header] = this.#csrf.token;
        }
        let answer;
        let text;
        try {
            answer = await fetch(address(path, query), {
                method,
                headers: sent,
                body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
                signal,
            });
            text = await answer.text();
        } catch (failure) {
            if (failure.name === "AbortError") {
                throw failure;
            }
            throw new Problem(0);
        }
        const content = answer.headers.get("Content-Type") ?? "";
        const parsed = content.includes("json") && text ? JSON.parse(text) : text;
        if (!answer.ok) {
            throw new Problem(answer.status, typeof parsed === "object" ? parsed : {title: answer.statusText});
        }
        return {
            body: parsed,
            status: answer.status,
            etag: answer.headers.get("ETag"),
            location: answer.headers.get("Location"),
        };
    }
}

/** Where something is read, for links and downloads, too. */
export function address(path, query = {}) {
    const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
    return ROOT + path + (given.length ? "?" + new URLSearchParams(given) : "");
}

export const ClientContext = createContext(null);

/** @return {Client} */
export const useClient = () => useContext(ClientContext);

/**
 * What `load(client, signal)` answers, read again when one of the inputs changes or `reload` is called. What was read last stays
 * until then, so that a page does not flicker: `failure` says that it is not the newest. However often it is to be read again, an
 * answer that is awaited is not given up for the next one.
 */
export function useLoad(load, inputs) {
    const client = useClient();
    const [state, setState] = useState({value: undefined, failure: undefined, isLoading: true});
    const current = useRef(null);
    const latest = useRef(load);
    latest.current = load;
    const reload = useCallback(async () => {
        if (current.current) {
            current.current.isOld = true;
            return;
        }
        const question = {controller: new AbortController(), isOld: false};
        current.current = question;
        setState(before => ({...before, isLoading: true}));
        let answer;
        try {
            const value = await latest.current(client, question.controller.signal);
            answer = () => ({value, failure: undefined, isLoading: false});
        } catch (failure) {
            answer = before => ({value: before.value, failure, isLoading: false});
        }
        if (current.current === question) {
            current.current = null;
            setState(answer);
            if (question.isOld) {
                reload();
            }
        }
    }, [client]);
    useEffect(() => {
        reload();
        return () => {
            current.current?.controller.abort();
            current.current = null;
        };
    }, [reload, ...inputs]);
    return {...state, reload};
}
