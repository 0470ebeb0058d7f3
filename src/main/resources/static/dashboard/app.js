/** The frame around each screen: who is logged in, the navigation, how the scheduler is, and notices. */
import {html, useCallback, useEffect, useMemo, useState} from "htm/preact/standalone.module.js";
import {Events, EventsContext, useEvents} from "./events.js";
import {followLinks, go, useLocation} from "./location.js";
import {Failure, Loading} from "./parts/states.js";
import {Health} from "./parts/health.js";
import {Notices} from "./parts/notices.js";
import {Client, ClientContext, useLoad} from "./rest.js";
import {NAVIGATION, screenAt} from "./screens.js";
import Login from "./screens/login.js";
import {SchedulerContext} from "./scheduler.js";
import {SessionContext} from "./session.js";

export function App() {
    const [session, setSession] = useState(undefined);
    const [ways, setWays] = useState(undefined);
    const [failure, setFailure] = useState(undefined);
    const client = useMemo(() => new Client(() => setSession(null)), []);
    const begin = useCallback(async () => {
        try {
            setFailure(undefined);
            setSession(await client.session());
        } catch (problem) {
            if (problem.status === 401) {
                setWays(problem.login);
                setSession(null);
            } else {
                setFailure(problem);
            }
        }
    }, [client]);
    useEffect(() => {
        begin();
        return followLinks();
    }, [begin]);
    let content;
    if (failure) {
        content = html`<main class="alone"><${Failure} failure=${failure} retry=${begin} /></main>`;
    } else if (session === undefined) {
        content = html`<main class="alone"><${Loading} /></main>`;
    } else if (session === null) {
        content = html`<${Login} ways=${ways} loggedIn=${setSession} />`;
    } else {
        content = html`<${SessionContext.Provider} value=${session}><${Frame} end=${() => setSession(null)} /><//>`;
    }
    return html`<${ClientContext.Provider} value=${client}><${Notices}>${content}<//><//>`;
}

function Frame({end}) {
    const [isLive, setLive] = useState(true);
    const events = useMemo(() => new Events(setLive), []);
    useEffect(() => events.open(), [events]);
    return html`<${EventsContext.Provider} value=${events}><${Scheduler} isLive=${isLive} end=${end} /><//>`;
}

/** What each screen may need to know of the scheduler is read once. */
function Scheduler({isLive, end}) {
    const scheduler = useLoad((client, signal) => client.read("/scheduler", {}, {signal}), []);
    const {reload} = scheduler;
    useEvents(reload, () => true, 2_000);
    useEffect(() => {
        const timer = setInterval(reload, 10_000);
        return () => clearInterval(timer);
    }, [reload]);
    return html`<${SchedulerContext.Provider} value=${scheduler}><${Page} isLive=${isLive} end=${end} /><//>`;
}

function Page({isLive, end}) {
    const {path} = useLocation();
    const found = useMemo(() => screenAt(path), [path]);
    return html`
        <a class="skip" href="#content">Skip to content</a>
        <header class="top">
            <a class="brand" href="/"><img src="/dashboard/icon.svg" alt="" width="20" height="20" /> Cronlink</a>
            <nav aria-label="Screens">${NAVIGATION.map(([address, name]) => html`
                <a href=${address} aria-current=${isWithin(path, address) ? "page" : undefined}>${name}</a>`)}
            </nav>
            <${Health} isLive=${isLive} end=${end} />
        </header>
        <main id="content" tabindex="-1" class=${found?.screen.style}><${Screen} path=${path} found=${found} /></main>`;
}

const isWithin = (path, address) => address === "/" ? path === "/" || path.startsWith("/jobs") : path.startsWith(address);

function Screen({path, found}) {
    const [shown, setShown] = useState(null);
    const [failure, setFailure] = useState(null);
    useEffect(() => {
        let isWanted = true;
        setFailure(null);
        document.title = (found ? found.screen.title + " · " : "") + "Cronlink";
        found?.screen.load().then(
            module => isWanted && setShown({screen: found.screen, Content: module.default}),
            problem => isWanted && setFailure(problem));
        return () => {
            isWanted = false;
        };
    }, [found?.screen]);
    if (!found) {
        return html`<div class="card empty"><h1>There is no such page</h1><p><a href="/">To the overview</a></p></div>`;
    }
    if (failure) {
        return html`<${Failure} failure=${failure} retry=${() => location.reload()} />`;
    }
    if (shown?.screen !== found.screen) {
        return html`<${Loading} />`;
    }
    return html`<${shown.Content} key=${path} ...${found.parameters} />`;
}
