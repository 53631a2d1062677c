/** Behind a text: sorts after every other that begins with it. By itself: after every name. */
export const AFTER_ALL = '\u{10ffff}'

/** As SQLite sorts texts; JavaScript sorts characters beyond the first plane elsewhere. */
export const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
