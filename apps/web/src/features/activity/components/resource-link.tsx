import Link from '@cloudscape-design/components/link'
import { type AuditEntry, thingOfResource } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'

/** What was written, as a link to its page where it has one. */
export function ResourceLink({ entry }: { readonly entry: AuditEntry }) {
  const { resource } = entry
  if (resource === undefined) return '–'
  if (resource.type === 'bulk-change') {
    return <Link href={paths.bulkChanges({ bulkChange: resource.id })}>bulk change</Link>
  }
  const { thingName, shadowName } = thingOfResource(resource) ?? {}
  if (thingName === undefined) return <NameText text={`${resource.type} ${resource.id}`} />
  if (resource.type === 'thing')
    return (
      <Link href={paths.thing(thingName)}>
        <NameText text={thingName} />
      </Link>
    )
  return (
    <>
      <Link href={paths.shadow(thingName, shadowName)}>
        <NameText text={thingName} />
      </Link>{' '}
      <span className="td-weak">
        <NameText text={shadowName ?? 'classic shadow'} />
      </span>
    </>
  )
}
