/** Prefix of every key of what was read of certificates: one call refreshes them all. */
export const CERTIFICATES = ['certificates'] as const

/** Prefix of every key of CA certificates. */
export const AUTHORITIES = ['certificate-authorities'] as const
