/** What keeps everybody's jobs from running, if anything does: the first thing to know. */
import {html} from "htm/preact/standalone.module.js";
import {useScheduler} from "../../scheduler.js";
import {Ago} from "../../parts/moment.js";

export function State() {
    const {value: scheduler} = useScheduler();
    if (!scheduler) {
        return null;
    }
    const notices = [
        scheduler.copyNotice && ["warn", scheduler.copyNotice, "/settings/about"],
        !scheduler.leaderPid && ["bad", "Nobody runs the scheduler: nothing fires until a service leads.", "/settings/about"],
        scheduler.leaderPid && !scheduler.ticking && ["bad", "The scheduler gives no sign of life.", "/settings/about"],
        scheduler.readOnly && ["bad", "The database takes no writes: no run can be recorded.", "/settings/about"],
        scheduler.paused && ["warn", "Everything is paused: nothing fires, nothing starts.", "/settings/scheduler"],
    ].filter(Boolean);
    return html`${notices.map(([tone, text, address]) => html`
        <div class="notice ${tone}" role="status"><p><strong>${text}</strong> <a href=${address}>What to do</a></p></div>`)}
        ${scheduler.standstill.map(cause => html`
        <div class="notice ${cause.nobody ? "bad" : "warn"}" role="status">
            <p class="strong">${cause.nobody ? "No run starts" : `Runs of ${cause.login} do not start`}: ${cause.message}</p>
            <p>${cause.detail} Since <${Ago} time=${cause.since} />.</p>
        </div>`)}
        ${scheduler.faults.filter(fault => fault.jobid === null).slice(0, 3).map(fault => html`
        <div class="notice warn" role="status">
            <p class="strong">The scheduler cannot ${fault.step.replaceAll("_", " ")} ${fault.item}: ${fault.message}</p>
            <p>${fault.count > 1 && `Tried ${fault.count} times. `}It is tried again <${Ago} time=${fault.retryAt} />.</p>
        </div>`)}`;
}
