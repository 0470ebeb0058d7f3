/** The frame of the settings: their sections, each a module of its own, loaded when it is shown. */
import {html, useEffect, useState} from "htm/preact/standalone.module.js";
import {Failure, Loading} from "../parts/states.js";
import {useSession} from "../session.js";

const SECTIONS = [
    {name: "scheduler", title: "Scheduler", load: () => import("./settings/scheduler.js")},
    {name: "limits", title: "Limits", load: () => import("./settings/limits.js")},
    {name: "defaults", title: "Defaults of jobs", load: () => import("./settings/defaults.js")},
    {name: "retention", title: "Retention", load: () => import("./settings/retention.js")},
    {name: "groups", title: "Groups", load: () => import("./settings/groups.js")},
    {name: "logins", title: "Logins and servers", load: () => import("./settings/logins.js")},
    {name: "alarms", title: "Alarms", load: () => import("./settings/alarms.js")},
    {name: "tokens", title: "Tokens", isForAdmins: true, load: () => import("./settings/tokens.js")},
    {name: "audit", title: "Audit", isForAdmins: true, load: () => import("./settings/audit.js")},
    {name: "about", title: "About and doctor", load: () => import("./settings/about.js")},
];

export default function Settings({section = "scheduler"}) {
    const {mayAdminister} = useSession();
    const offered = SECTIONS.filter(one => mayAdminister || !one.isForAdmins);
    const shown = offered.find(one => one.name === section);
    useEffect(() => {
        document.title = `${shown?.title ?? "Settings"} · Cronlink`;
    }, [shown]);
    return html`
        <div class="settings">
            <nav aria-label="Settings">${offered.map(one => html`
                <a href=${`/settings/${one.name}`} aria-current=${one === shown ? "page" : undefined}>${one.title}</a>`)}
            </nav>
            <div class="section">
                ${shown
                    ? html`<h1>${shown.title}</h1><${Section} load=${shown.load} />`
                    : html`<div class="card empty"><h1>There is no such section</h1>
                        <p>${SECTIONS.some(one => one.name === section) ? "It is for administrators."
                            : "The others are named beside."}</p></div>`}
            </div>
        </div>`;
}

function Section({load}) {
    const [Content, setContent] = useState(null);
    const [failure, setFailure] = useState(null);
    useEffect(() => {
        load().then(module => setContent(() => module.default), setFailure);
    }, [load]);
    if (failure) {
        return html`<${Failure} failure=${failure} retry=${() => location.reload()} />`;
    }
    return Content ? html`<${Content} />` : html`<${Loading} />`;
}
