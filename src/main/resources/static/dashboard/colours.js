/** The style's colours for what draws by itself, in the theme that is on. */
import {useEffect, useState} from "htm/preact/standalone.module.js";

/**
 * A colour as a canvas understands it: a custom property has the text of the style, with the colours of both themes in it.
 *
 * @param name one of the style's, such as good
 */
export function colourOf(name, percent = 100) {
    const probe = document.createElement("span");
    probe.style.color = `color-mix(in srgb, var(--${name}) ${percent}%, transparent)`;
    document.body.append(probe);
    const {color} = getComputedStyle(probe);
    probe.remove();
    return color;
}

/** A number that is another one for each theme that comes on. */
export function useTheme() {
    const [changes, setChanges] = useState(0);
    useEffect(() => {
        const change = () => setChanges(before => before + 1);
        const chosen = new MutationObserver(change);
        chosen.observe(document.documentElement, {attributeFilter: ["data-theme"]});
        const preference = matchMedia("(prefers-color-scheme: dark)");
        preference.addEventListener("change", change);
        return () => {
            chosen.disconnect();
            preference.removeEventListener("change", change);
        };
    }, []);
    return changes;
}
