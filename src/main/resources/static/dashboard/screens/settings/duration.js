/** Durations as people write them, to be typed in and read back without loss: "20 min", "1 h 30 min", "500 ms". */
const LENGTHS = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1], ["ms", 0.001]];
const WORD = /(\d+(?:[.,]\d+)?)\s*([a-z]+)/gi;
const NAMES = {
    w: 604_800, week: 604_800, weeks: 604_800,
    d: 86_400, day: 86_400, days: 86_400,
    h: 3_600, hour: 3_600, hours: 3_600,
    m: 60, min: 60, mins: 60, minute: 60, minutes: 60,
    s: 1, sec: 1, second: 1, seconds: 1,
    ms: 0.001,
};

/** @return seconds; undefined of what is no duration */
export function parsed(text) {
    let sum = 0;
    let isKnown = true;
    const rest = text.replace(WORD, (_, amount, unit) => {
        const length = NAMES[unit.toLowerCase()];
        isKnown &&= length !== undefined;
        sum += Number(amount.replace(",", ".")) * (length ?? 0);
        return "";
    });
    if (/^\s*0+\s*$/.test(text)) {
        return 0;
    }
    return isKnown && text.trim() && !/[^\s,and]/i.test(rest) ? Math.round(sum * 1_000) / 1_000 : undefined;
}

/** @param total seconds */
export function written(total) {
    let rest = Math.round(total * 1_000);
    const words = [];
    for (const [unit, length] of LENGTHS) {
        const count = Math.floor(rest / (length * 1_000));
        if (count) {
            words.push(`${count} ${unit}`);
            rest -= count * length * 1_000;
        }
    }
    return words.join(" ") || "0 s";
}
