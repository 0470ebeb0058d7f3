/** When a job fires next, and what may surprise about it. */
import {html} from "htm/preact/standalone.module.js";
import {Ago} from "../../parts/moment.js";
import {Empty, Loaded} from "../../parts/states.js";
import {useLoad} from "../../rest.js";
import {clock, day, exactly, viewerZone} from "../../time.js";

export function Upcoming({job, schedule}) {
    const load = useLoad((client, signal) => client.read(`/jobs/${job.jobid}/upcoming`, {limit: 20}, {signal}),
        [job.jobid, job.nextFire, job.active]);
    return html`
        ${schedule.value?.warnings.length > 0 && html`<div class="inside stack">${schedule.value.warnings.map(({code, warning}) => html`
            <div class="notice warn" role="note" key=${code}><p>${warning}</p></div>`)}</div>`}
        <${Loaded} load=${load} what="its next fires">${({fires}) => fires.length
            ? html`<${Fires} fires=${fires} zone=${job.timezone} />`
            : html`<${Empty} title="It does not fire by time.">${job.active ? html`<p>${schedule.value?.description}</p>`
                : html`<p>It is inactive.</p>`}<//>`}<//>`;
}

function Fires({fires, zone}) {
    const isElsewhere = zone !== viewerZone && fires.some(({fireTime}) => clock(fireTime) !== clock(fireTime, zone));
    return html`
        <div class="scroll"><table>
            <caption class="visually-hidden">The next fires</caption>
            <thead><tr><th scope="col">In ${viewerZone}</th>${isElsewhere && html`<th scope="col">In ${zone}</th>`}
                <th scope="col" class="right">That is</th></tr></thead>
            <tbody>${fires.map(({fireTime}) => html`
                <tr key=${fireTime}>
                    <td><${Clock} time=${fireTime} zone=${viewerZone} title=${exactly(fireTime, zone)} /></td>
                    ${isElsewhere && html`<td><${Clock} time=${fireTime} zone=${zone} title=${exactly(fireTime, zone)} /></td>`}
                    <td class="right faint nowrap"><${Ago} time=${fireTime} zone=${zone} /></td>
                </tr>`)}</tbody>
        </table></div>`;
}

const Clock = ({time, zone, title}) =>
    html`<time dateTime=${time} title=${title}><strong class="number">${clock(time, zone)}</strong>
        ${" "}<span class="faint">${day(time, zone)}</span></time>`;
