import Link from '@cloudscape-design/components/link'
import type { AuditEntry } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'

/** What was written, as a link to its page where it has one. */
export function ResourceLink({ entry }: { readonly entry: AuditEntry }) {
  const { thingName, shadowName, action, bulkChangeId, resource } = entry
  if (thingName === undefined) {
    if (bulkChangeId !== undefined)
      return <Link href={paths.bulkChanges({ bulkChange: bulkChangeId })}>bulk change</Link>
    return resource ?? '–'
  }
  if (!action.endsWith('ThingShadow')) return <Link href={paths.thing(thingName)}>{thingName}</Link>
  return (
    <>
      <Link href={paths.shadow(thingName, shadowName)}>{thingName}</Link>{' '}
      <span className="td-weak">{shadowName ?? 'classic shadow'}</span>
    </>
  )
}
