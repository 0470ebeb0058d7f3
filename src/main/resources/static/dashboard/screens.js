/** The screens and their addresses. Each is a module of its own, loaded when it is first shown. */
const SCREENS = [
    {address: /^\/$/, title: "Overview", load: () => import("./screens/overview.js")},
    {address: /^\/jobs\/new$/, title: "New job", load: () => import("./screens/edit.js")},
    {address: /^\/jobs\/import$/, title: "Import", load: () => import("./screens/import.js")},
    {address: /^\/jobs\/(?<jobid>\d+)$/, title: "Job", load: () => import("./screens/job.js")},
    {address: /^\/jobs\/(?<jobid>\d+)\/edit$/, title: "Edit", load: () => import("./screens/edit.js")},
    {address: /^\/runs$/, title: "Runs", load: () => import("./screens/runs.js")},
    {address: /^\/runs\/(?<runid>\d+)$/, title: "Run", load: () => import("./screens/run.js")},
    {address: /^\/forecast$/, title: "Forecast", load: () => import("./screens/forecast.js")},
    {address: /^\/settings(?:\/(?<section>[a-z-]+))?$/, title: "Settings", load: () => import("./screens/settings.js")},
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
