import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { CertificateThing } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'

const SHOWN = 3

interface ThingNamesProps {
  readonly things: readonly CertificateThing[]
  /** Of all that it is attached to. */
  readonly count: number
}

/** The first things that a certificate is attached to. */
export function ThingNames({ things, count }: ThingNamesProps) {
  if (count === 0) return 'None'
  return (
    <>
      {things.slice(0, SHOWN).map(({ thingName }, index) => (
        <span key={thingName}>
          {index > 0 && ', '}
          <Link href={paths.thing(thingName)}>
            <NameText text={thingName} />
          </Link>
        </span>
      ))}
      {count > SHOWN && ` and ${formatCount(count - Math.min(SHOWN, things.length))} more`}
    </>
  )
}

/** The first policies that are attached to a certificate. */
export function PolicyNames({ policyNames }: { readonly policyNames: readonly string[] }) {
  if (policyNames.length === 0) return <StatusIndicator type="warning">None of its own</StatusIndicator>
  return (
    <>
      {policyNames.slice(0, SHOWN).map((policyName, index) => (
        <span key={policyName}>
          {index > 0 && ', '}
          <Link href={paths.policy(policyName)}>
            <NameText text={policyName} />
          </Link>
        </span>
      ))}
      {policyNames.length > SHOWN && ` and ${formatCount(policyNames.length - SHOWN)} more`}
    </>
  )
}
