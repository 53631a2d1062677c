/** A working day: after it the person signs in again. */
export const SESSION_MS = 12 * 60 * 60 * 1_000
