import Link from '@cloudscape-design/components/link'
import type { ThingKind } from '@thingdeck/contract'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'

/** A thing's place among its kind: 'About 12 of 340 things of type pump are not connected'. Nothing where nobody counts. */
export function ThingKindFacts({ kind }: { readonly kind: ThingKind }) {
  const { thingTypeName: type, things, disconnected } = kind
  if (type === undefined || things === undefined) return undefined
  const ofType = (
    <Link href={paths.things({ type })}>
      <NameText text={type} />
    </Link>
  )
  if (disconnected === undefined) {
    return (
      <>
        About {formatCounted(things, 'thing')} of type {ofType}
      </>
    )
  }
  return (
    <>
      About{' '}
      <Link href={paths.things({ type, connection: 'disconnected' })}>
        {formatCount(disconnected)} of {formatCounted(things, 'thing')}
      </Link>{' '}
      of type {ofType} {disconnected === 1 ? 'is' : 'are'} not connected
    </>
  )
}
