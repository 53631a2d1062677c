import { paths } from '../../shared/paths.ts'
import type { Moment } from './model/moment.ts'

/** A link to a moment of a thing, which shows it to whoever opens it. */
export const momentLink = (thingName: string, { id, atMs }: Moment): string =>
  paths.timeline(thingName, { at: new Date(atMs).toISOString(), look: id })
