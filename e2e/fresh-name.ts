/** A name that no run before this one has used, so that a spec can be run again on the same account. */
export const freshName = (name: string): string => `${name}-${Date.now().toString(36)}`

/** As {@link freshName}, for what has no hyphens in its name: rules. */
export const freshRuleName = (name: string): string => freshName(name).replaceAll('-', '_')
