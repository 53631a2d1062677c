import { deployment } from './deployment.ts'

/** What names begin with in an account that is not thrown away, so that what was made there can be told and removed. */
export const DEPLOYMENT_PREFIX = 'thingdeck-e2e-'

/** A name that no run before this one has used, so that a spec can be run again on the same account. */
export const freshName = (name: string): string =>
  `${deployment === undefined ? name : DEPLOYMENT_PREFIX + name.replace(/^e2e[-_]/, '')}-${Date.now().toString(36)}`

/** As {@link freshName}, for what has no hyphens in its name: rules. */
export const freshRuleName = (name: string): string => freshName(name).replaceAll('-', '_')
