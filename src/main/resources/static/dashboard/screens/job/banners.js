/** What is wrong with a job that its runs alone do not tell, each with what to do about it. */
import {html} from "htm/preact/standalone.module.js";
import {readable} from "../../facts.js";
import {Ago} from "../../parts/moment.js";
import {useLoad} from "../../rest.js";
import {useScheduler} from "../../scheduler.js";
import {duration} from "../../time.js";

const OVERLAPS = {
    queue: "The fires in between wait, one of them at a time; the others are skipped.",
    skip: "The fires in between are skipped.",
    allow: "More and more of its runs are under way at once.",
};

export function Banners({job, schedule, why}) {
    const scheduler = useScheduler().value;
    const login = useLoad((client, signal) => client.read(`/logins/${encodeURIComponent(job.username)}`, {}, {signal})
        .catch(problem => {
            if (problem.status === 404) {
                return {obstacle: `No login of role ${job.username} is registered.`};
            }
            throw problem;
        }), [job.username, job.lastRunid]);
    const obstacle = why?.now.find(fact => fact.code === "login")?.fact ?? login.value?.obstacle;
    return html`
        ${scheduler?.copyNotice && html`<${Banner} tone="warn" title="This database is a copy: nothing fires here.">
            ${scheduler.copyNotice}<//>`}
        ${scheduler?.paused && html`<${Banner} tone="warn" title="Everything is paused, so this job does not run either.">
            <a href="/settings/scheduler">See who paused it, and resume</a><//>`}
        ${obstacle && html`<${Banner} tone="bad" title=${`Role ${job.username} cannot log in.`}>
            ${readable(obstacle)} <a href="/settings/logins">Logins</a><//>`}
        ${job.fault && html`<${Banner} tone="bad" title="The scheduler cannot do something for it, and tries again.">${job.fault}<//>`}
        ${job.deactivatedReason
            ? html`<${Banner} tone="bad" title="The scheduler has deactivated it.">${readable(job.deactivatedReason)}<//>`
            : job.pausedAt ? html`<${Banner} tone="warn" title=${html`Paused by ${job.pausedBy} <${Ago} time=${job.pausedAt} />.`}>
                ${job.pauseNote ?? "Nobody said why."}<//>`
                : !job.active && html`<${Banner} tone="warn" title="It is inactive, and does not fire." />`}
        <${Never} job=${job} schedule=${schedule} why=${why} />
        <${TooLong} job=${job} schedule=${schedule} why=${why} />`;
}

const Banner = ({tone, title, children}) =>
    html`<div class=${`notice ${tone} banner`} role="note"><p class="strong">${title}</p><p>${children}</p></div>`;

function Never({job, schedule, why}) {
    const warning = schedule?.warnings.find(({code}) => code === "never_fires" || code === "past");
    const isNever = why?.now.some(fact => fact.code === "never");
    return (warning || isNever) && html`<${Banner} tone="bad" title="It never fires.">
        ${warning?.warning ?? `Its schedule ${job.schedule} names no time.`}<//>`;
}

/** The usual run does not end before the next fire. */
function TooLong({job, schedule, why}) {
    const usual = why?.costs.find(fact => fact.code === "duration")?.detail.p50Seconds;
    const running = Math.max(0, ...(why?.now ?? []).filter(fact => fact.code === "running" && fact.time)
        .map(fact => (Date.now() - Date.parse(fact.time)) / 1000));
    const interval = shortest(schedule?.nextFires ?? []);
    if (!interval || !(usual > interval || running > interval)) {
        return null;
    }
    const title = usual > interval ? `It usually takes ${duration(usual)}, and fires every ${duration(interval)}.`
        : `It has been running for ${duration(running)}, and fires every ${duration(interval)}.`;
    return html`<${Banner} tone="warn" title=${title}>${OVERLAPS[job.overlap]}<//>`;
}

function shortest(fires) {
    const gaps = fires.slice(1).map((fire, place) => (Date.parse(fire) - Date.parse(fires[place])) / 1000);
    return gaps.length ? Math.min(...gaps) : null;
}
