/** When it fires: what was typed in the server's words, the next fires, and what may surprise. */
import {html, useRef} from "htm/preact/standalone.module.js";
import {useLater} from "../../later.js";
import {Ago} from "../../parts/moment.js";
import {useLoad} from "../../rest.js";
import {clock, day, isZone, viewerZone} from "../../time.js";
import {Field, Wrong} from "./field.js";

const PAUSE = 250;
const FIRES = 5;
const DAY = 86_400_000;

/** Words and schedule; what stands in ‹› is to be replaced. */
const PRESETS = [
    ["Every 10 seconds", "10 seconds"],
    ["Every 5 minutes", "*/5 * * * *"],
    ["Hourly", "0 * * * *"],
    ["Nightly at 03:00", "0 3 * * *"],
    ["Weekdays at 08:00", "0 8 * * 1-5"],
    ["Sundays at 04:30", "30 4 * * 0"],
    ["Last day of the month", "0 22 $ * *"],
    ["Every 90 minutes", "@every 90 min"],
    ["Once at a time", () => `@at ‹${new Date(Date.now() + DAY).toISOString().slice(0, 10)} 08:00›`],
    ["After another job", "@after ‹its name›"],
    ["When the scheduler starts", "@reboot"],
];

/** What the server makes of a schedule while it is typed: {value, failure, isLoading}. */
export function usePreview(schedule, timezone) {
    const asked = useLater(JSON.stringify([schedule.trim(), timezone.trim()]), PAUSE);
    return useLoad(async (client, signal) => {
        const [settled, zone] = JSON.parse(asked);
        return settled === "" ? null : (await client.send("POST", "/schedules/preview", {
            body: {schedule: settled, timezone: zone || null, count: FIRES}, signal,
        })).body;
    }, [asked]);
}

export function Schedule({form, preview, zones}) {
    const field = useRef(null);
    const choose = preset => {
        const text = typeof preset === "function" ? preset() : preset;
        const begin = text.indexOf("‹");
        form.change("schedule", text.replace(/[‹›]/g, ""));
        // Once the new text is in the field.
        requestAnimationFrame(() => {
            field.current?.focus();
            if (begin >= 0) {
                field.current?.setSelectionRange(begin, text.indexOf("›") - 1);
            }
        });
    };
    const error = form.errorOf("schedule");
    return html`
        <section class="card" aria-labelledby="when-title">
            <header><h2 id="when-title">When</h2></header>
            <div class="inside fields">
                <div class="pair">
                    <div class="option">
                        <label for="schedule">Schedule</label>
                        <input id="schedule" class="mono" ref=${field} value=${form.texts.schedule} autocomplete="off" spellcheck=${false}
                            placeholder="0 3 * * *" aria-invalid=${error ? "true" : undefined}
                                aria-describedby="schedule-error schedule-words"
                            onInput=${event => form.change("schedule", event.target.value)} />
                        <${Wrong} name="schedule" error=${error} />
                    </div>
                    <${Field} name="timezone" form=${form} suggestions=${zones} />
                </div>
                <div class="presets" role="group" aria-label="Schedules to begin with">${PRESETS.map(([words, preset]) => html`
                    <button type="button" class="chip" onClick=${() => choose(preset)}>${words}</button>`)}
                </div>
                <${Fires} preview=${preview} zone=${form.texts.timezone || form.context.settings.timezone} />
            </div>
        </section>`;
}

function Fires({preview, zone}) {
    const {value, failure} = preview;
    const offline = failure && failure.errors?.length === 0;
    return html`
        <div class="fires" id="schedule-words" aria-live="polite">
            ${offline && html`<p class="error">${failure.message}</p>`}
            ${!failure && value && html`
                <p class="words">${value.description ?? "The server has no words for it."}</p>
                ${value.warnings.map(warning =>
                    html`<p class="warning" key=${warning.code}><span aria-hidden="true">⚠ </span>${warning.warning}</p>`)}
                ${value.nextFires.length > 0
                    ? html`<${NextFires} times=${value.nextFires} zone=${zone} />`
                    : html`<p class="hint">It does not fire by the clock.</p>`}`}
            ${!failure && value === null && html`<p class="hint">Five fields as in cron, a number of seconds, or one of these to begin
                with.</p>`}
        </div>`;
}

function NextFires({times, zone}) {
    const isElsewhere = zone !== viewerZone && isZone(zone) && times.some(time => clock(time, zone) !== clock(time));
    const exact = times.some(time => new Date(time).getTime() % 60_000 !== 0) ? isWithinASecond(times) ? 23 : 19 : 0;
    const at = (time, where) => `${day(time, where)}, ${clock(time, where)}`
        + (exact ? `:${new Date(time).toISOString().slice(17, exact)}` : "");
    return html`
        <table class="next">
            <caption class="visually-hidden">The next fires</caption>
            <thead><tr><th>Fires</th><th>${viewerZone}</th>${isElsewhere && html`<th>${zone}</th>`}</tr></thead>
            <tbody>${times.map(time => html`
                <tr key=${time}><td><${Ago} time=${time} zone=${zone} /></td><td>${at(time, viewerZone)}</td>
                    ${isElsewhere && html`<td>${at(time, zone)}</td>`}</tr>`)}
            </tbody>
        </table>`;
}

const isWithinASecond = times => times.some((time, place) => place > 0 && new Date(time) - new Date(times[place - 1]) < 1_000);
