import type { LogLevel } from '@aws-sdk/client-iot'

/** Each level includes those of lower rank. */
const RANKS: Readonly<Record<LogLevel, number>> = { DISABLED: 0, ERROR: 1, WARN: 2, INFO: 3, DEBUG: 4 }

/** Whether an entry of a level is kept where another one is set. */
export const includes = (set: LogLevel, entry: LogLevel): boolean => RANKS[entry] <= RANKS[set]

/** The one that keeps more. */
export const moreVerbose = (a: LogLevel, b: LogLevel): LogLevel => (RANKS[a] >= RANKS[b] ? a : b)
