import type { AuditEntry } from '@thingdeck/contract'
import { changeWords } from '../../shared/audit-change.ts'
import { publishedWords } from './published-words.ts'

/** The first of an entry's changes, and how many more there are; or what was published. */
export function summaryOf(entry: AuditEntry): string {
  const { changes, changesLeftOut = 0, isBeforeUnknown, outcome } = entry
  if (changes === undefined) return publishedWords(entry)
  const [first, ...others] = changes
  if (!first) return outcome.code === undefined ? 'no value changed' : ''
  const more = others.length + changesLeftOut
  return `${changeWords(first, isBeforeUnknown)}${more === 0 ? '' : ` and ${more} more`}`
}

/** Whether a message was published to the topic of a shadow. */
const writesShadows = ({ published, resource, shadows }: AuditEntry): boolean =>
  published !== undefined && (resource?.type === 'shadow' || shadows !== undefined)

/** What an entry does not know for sure, in sentences. */
export function doubtsOf(entry: AuditEntry): readonly string[] {
  const { reportedByPage, isBeforeUnknown, beforeVersion, version, changesLeftOut, resource, outcome } = entry
  const isOfWholeBulkChange = resource?.type === 'bulk-change'
  const doubts = [
    reportedByPage &&
      "By the word of the person's page: it wrote over its own MQTT session and reported it. AWS's own log has the client id.",
    writesShadows(entry) &&
      outcome.code === undefined &&
      'The broker took what was published; whether the shadow service did, and what it changed, is not known here.',
    isBeforeUnknown && !isOfWholeBulkChange && outcome.code === undefined && 'What was there before could not be read.',
    beforeVersion !== undefined &&
      version !== undefined &&
      entry.action === 'UpdateThingShadow' &&
      version > beforeVersion + 1 &&
      `Somebody else wrote in between: the values before are of version ${beforeVersion}, this made version ${version}.`,
    changesLeftOut !== undefined && `${changesLeftOut} further changes were too large to keep.`,
    outcome.code !== undefined &&
      (entry.changes?.length ?? 0) > 0 &&
      'The write was refused: nothing of this was changed.',
  ]
  return doubts.filter((doubt) => typeof doubt === 'string')
}
