/** Prefixes of every query about these, whichever page or picker asks: one call reads them all anew. */
export const THINGS = ['things'] as const
export const THING_TYPES = ['thing-types'] as const
export const THING_GROUPS = ['thing-groups'] as const
export const BILLING_GROUPS = ['billing-groups'] as const
export const PACKAGES = ['packages'] as const
