/** A value as it was when nobody had typed for a while. */
import {useEffect, useState} from "htm/preact/standalone.module.js";

export function useLater(value, milliseconds) {
    const [settled, setSettled] = useState(value);
    useEffect(() => {
        const timer = setTimeout(() => setSettled(value), milliseconds);
        return () => clearTimeout(timer);
    }, [value, milliseconds]);
    return settled;
}
