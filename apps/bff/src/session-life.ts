/** A working day: after it the person signs in again. */
export const SESSION_MS = 12 * 60 * 60 * 1_000

/** A session of which nothing was heard for so long ends, too. An open page asks every hour, for new credentials. */
export const IDLE_MS = 2 * 60 * 60 * 1_000

/** No request takes longer: until then one that began before its session ended may try to save it again. */
export const LONGEST_REQUEST_MS = 10 * 60_000
/** Of one person, several browsers included; the one that signed in first goes. */
export const MOST_SESSIONS_OF_PERSON = 20

/** Of all people. With what one keeps at the most (the issuer's tokens) that is less than 100 MB. */
export const MOST_SESSIONS = 2_000
