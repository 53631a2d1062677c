/** How long a destination may take to start, in milliseconds: as good as at once, and long where a machine is busy. */
export const DESTINATION_START_MS = 60_000
