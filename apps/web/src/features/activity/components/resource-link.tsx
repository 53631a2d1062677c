import Link from '@cloudscape-design/components/link'
import { type AuditEntry, thingOfResource } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'

/** What was written, as a link to its page where it has one. */
export function ResourceLink({ entry }: { readonly entry: AuditEntry }) {
  const { resource } = entry
  if (resource === undefined) return '–'
  if (resource.type === 'bulk-change') {
    return <Link href={paths.bulkChanges({ bulkChange: resource.id })}>bulk change</Link>
  }
  const { thingName, shadowName } = thingOfResource(resource) ?? {}
  if (thingName === undefined) return <>{visible(`${resource.type} ${resource.id}`)}</>
  if (resource.type === 'thing') return <Link href={paths.thing(thingName)}>{thingName}</Link>
  return (
    <>
      <Link href={paths.shadow(thingName, shadowName)}>{thingName}</Link>{' '}
      <span className="td-weak">{shadowName ?? 'classic shadow'}</span>
    </>
  )
}
