/** The line of the page's head: how the scheduler is, and who is logged in. */
import {html, useState} from "htm/preact/standalone.module.js";
import {useClient} from "../rest.js";
import {useScheduler} from "../scheduler.js";
import {useSession} from "../session.js";
import {relative, roughly, useNow} from "../time.js";
import {Menu} from "./menu.js";

const THEMES = ["light", "dark", "as the system"];

export function Health({isLive, end}) {
    const session = useSession();
    const client = useClient();
    const logout = async () => {
        try {
            await client.logout();
        } finally {
            end();
        }
    };
    return html`
        <div class="health"><${Pulse} isLive=${isLive} />
            <${Menu} label=${`${session.user} ${session.role} ▾`} items=${[
                ...THEMES.map(theme => ({label: `Colours: ${theme}`, act: () => choose(theme)})),
                session.csrf && {label: "Log out", act: logout},
            ]}>${session.user} <span class="faint">${session.role}</span> ▾<//>
        </div>`;
}

function choose(theme) {
    if (theme === THEMES[2]) {
        localStorage.removeItem("theme");
        delete document.documentElement.dataset.theme;
    } else {
        localStorage.setItem("theme", theme);
        document.documentElement.dataset.theme = theme;
    }
}

function Pulse({isLive}) {
    const now = useNow();
    const {value, failure} = useScheduler();
    if (!value) {
        return html`<span class="pulse ${failure ? "bad" : "calm"}">${failure ? "✕ no answer" : "…"}</span>`;
    }
    const [tone, sign, text] = pulse(value, failure, isLive, now);
    return html`<a class="pulse ${tone}" href="/settings/scheduler" title=${details(value, now)}>
        <span aria-hidden="true">${sign}</span> ${text}</a>`;
}

function pulse(scheduler, failure, isLive, now) {
    if (failure) {
        return ["bad", "✕", failure.isOffline ? "the service does not answer" : failure.message];
    }
    if (scheduler.copyNotice) {
        return ["warn", "⧉", "a copy: nothing fires here"];
    }
    if (!scheduler.leaderPid) {
        return ["bad", "✕", "nobody runs the scheduler"];
    }
    if (!scheduler.ticking) {
        return ["bad", "✕", `no sign of the scheduler since ${relative(scheduler.lastTick, now)}`];
    }
    if (scheduler.paused) {
        return ["warn", "❚❚", "everything is paused"];
    }
    if (scheduler.standstill.some(cause => cause.nobody)) {
        return ["bad", "✕", scheduler.standstill.find(cause => cause.nobody).message];
    }
    if (!isLive) {
        return ["warn", "●", "not live: trying to reconnect"];
    }
    return ["good", "●", `scheduler up · leader ${scheduler.leaderPid}${lag(scheduler, now)}`];
}

/** Of the run that has waited longest, if it could have started: less than a second is none. */
function lag(scheduler, now) {
    const waited = scheduler.oldestWaiting ? (now - Date.parse(scheduler.oldestWaiting)) / 1000 : 0;
    return waited >= 1 ? ` · a run waits since ${roughly(waited)}` : "";
}

function details(scheduler, now) {
    return [
        `last tick ${relative(scheduler.lastTick, now)}`,
        `${scheduler.running} running, ${scheduler.waiting} waiting`,
        `${scheduler.workers} of ${scheduler.maxRunningJobs} workers, ${scheduler.connections} of ${scheduler.maxConnections} connections`,
        `database ${scheduler.database}, PostgreSQL ${scheduler.serverVersion}`,
        ...scheduler.standstill.map(cause => cause.message),
    ].join("\n");
}
