/** A time, relative, with the exact one and the job's zone when pointed at. */
import {html} from "htm/preact/standalone.module.js";
import {absolute, exactly, relative, useNow} from "../time.js";

export function Ago({time, zone}) {
    const now = useNow(Math.abs(Date.parse(time ?? 0) - Date.now()) < 90_000 ? 1_000 : 15_000);
    return html`<time dateTime=${time} title=${exactly(time, zone)}>${relative(time, now)}</time>`;
}

export const At = ({time, zone}) => html`<time dateTime=${time} title=${exactly(time, zone)}>${absolute(time)}</time>`;
