/** Lists that come in pages, read one behind the other. */
import {useCallback, useState} from "htm/preact/standalone.module.js";
import {useLoad} from "../../rest.js";

/** All of it, up to so many pages of a thousand. */
export async function readAll(client, path, name, query = {}, {signal, most = 5} = {}) {
    const all = [];
    let after;
    for (let page = 0; page < most; page++) {
        const body = await client.read(path, {...query, limit: 1000, after}, {signal});
        all.push(...body[name]);
        after = body.next;
        if (after === null) {
            break;
        }
    }
    return {all, isWhole: after === null};
}

/**
 * The first page, which is read again by `reload`, and those behind it, by `more`.
 *
 * @param name of the property that holds the entries
 * @param key of the parameter that asks for what is behind
 */
export function usePages(path, name, query, key = "before") {
    const [count, setCount] = useState(1);
    const limit = 50;
    const load = useLoad(async (client, signal) => {
        const entries = [];
        let next = null;
        for (let page = 0; page < count; page++) {
            const body = await client.read(path, {...query, limit, ...(next === null ? {} : {[key]: next})}, {signal});
            entries.push(...body[name]);
            next = body.next;
            if (next === null) {
                break;
            }
        }
        return {entries, next};
    }, [count, JSON.stringify(query)]);
    return {...load, more: useCallback(() => setCount(before => before + 1), [])};
}
