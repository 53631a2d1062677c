import { paths } from '../../shared/paths.ts'
import type { Moment } from './model/moment.ts'
import type { TimelineSearch } from './search.ts'

/** A link to a moment of a thing, which shows it to whoever opens it; @param seenIn what is shown around it */
export const momentLink = (thingName: string, { id, atMs }: Moment, seenIn: TimelineSearch = {}): string => {
  const { last, from, to, kinds } = seenIn
  return paths.timeline(thingName, { last, from, to, kinds, at: new Date(atMs).toISOString(), look: id })
}
