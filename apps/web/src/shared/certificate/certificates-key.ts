/** Prefix of every key of what was read of certificates: one call refreshes them all. */
export const CERTIFICATES = ['certificates'] as const
