/** A value once it has not changed for a while: what is typed, or dragged. */
import {useEffect, useState} from "htm/preact/standalone.module.js";

export function useLater(value, milliseconds) {
    const [settled, setSettled] = useState(value);
    useEffect(() => {
        const timer = setTimeout(() => setSettled(value), milliseconds);
        return () => clearTimeout(timer);
    }, [value, milliseconds]);
    return settled;
}
