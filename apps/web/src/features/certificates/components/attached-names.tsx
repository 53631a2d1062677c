import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { CertificateThing } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { FirstNames } from '../../../shared/text/first-names.tsx'
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
  const names = things.map(({ thingName }) => thingName)
  return <LinkedNames names={names} count={count} addressOf={paths.thing} />
}

/** The first policies that are attached to a certificate. */
export function PolicyNames({ policyNames }: { readonly policyNames: readonly string[] }) {
  if (policyNames.length === 0) return <StatusIndicator type="warning">None of its own</StatusIndicator>
  return <LinkedNames names={policyNames} count={policyNames.length} addressOf={paths.policy} />
}

interface LinkedNamesProps {
  readonly names: readonly string[]
  readonly count: number
  readonly addressOf: (name: string) => string
}

const LinkedNames = ({ names, count, addressOf }: LinkedNamesProps) => (
  <FirstNames
    names={names}
    count={count}
    most={SHOWN}
    show={(name) => (
      <Link href={addressOf(name)}>
        <NameText text={name} />
      </Link>
    )}
  />
)
