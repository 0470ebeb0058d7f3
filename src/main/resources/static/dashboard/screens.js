/** The screens and their addresses. Each is a module of its own, loaded when it is first shown; the rules of its style hold in it alone. */
const SCREENS = [
    {address: /^\/$/, title: "Overview", style: "overview", load: () => import("./screens/overview.js")},
    {address: /^\/jobs\/new$/, title: "New job", style: "edit", load: () => import("./screens/edit.js")},
    {address: /^\/jobs\/import$/, title: "Import", style: "edit", load: () => import("./screens/import.js")},
    {address: /^\/jobs\/(?<jobid>\d+)$/, title: "Job", style: "jobs", load: () => import("./screens/job.js")},
    {address: /^\/jobs\/(?<jobid>\d+)\/edit$/, title: "Edit", style: "edit", load: () => import("./screens/edit.js")},
    {address: /^\/runs$/, title: "Runs", style: "jobs", load: () => import("./screens/runs.js")},
    {address: /^\/runs\/(?<runid>\d+)$/, title: "Run", style: "jobs", load: () => import("./screens/run.js")},
    {address: /^\/forecast$/, title: "Forecast", style: "forecast", load: () => import("./screens/forecast.js")},
    {address: /^\/settings(?:\/(?<section>[a-z-]+))?$/, title: "Settings", style: "settings", load: () => import("./screens/settings.js")},
];

/** @return the screen of an address, and what its numbers are; undefined: there is none */
export function screenAt(path) {
    for (const screen of SCREENS) {
        const match = screen.address.exec(path);
        if (match) {
            return {screen, parameters: {...match.groups}};
        }
    }
    return undefined;
}

/** What the navigation names. */
export const NAVIGATION = [["/", "Overview"], ["/runs", "Runs"], ["/forecast", "Forecast"], ["/settings", "Settings"]];
