import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { createPreference, usePreference } from '../../../shared/preferences/preferences.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import type { NotIndexed } from '../fields.ts'
import { canSearch } from '../list-api.ts'
import { registrySearch } from '../query.ts'
import type { ThingsFilter } from '../search.ts'
import { useFleetIndex } from '../use-fleet-index.ts'
import { TurnOnDialog } from './turn-on-dialog.tsx'

const dismissedPreference = createPreference<boolean>('things-index-hint', (stored) => stored === true)

interface FleetIndexNoticeProps {
  readonly filter: ThingsFilter
  /** So many things were looked through, and there are more. */
  readonly onlyFirst: number | undefined
  /** Why a search was refused although the index is on. */
  readonly refusal: Error | undefined
}

/** What a list of the registry cannot do, and how it can be had. */
export function FleetIndexNotice({ filter, onlyFirst, refusal }: FleetIndexNoticeProps) {
  const index = useFleetIndex()
  const [dismissed, setDismissed] = usePreference(dismissedPreference)
  const { leftOut: notDone } = registrySearch(filter)
  const missing = [
    ...(notDone.length > 0 ? [`Not filtered by ${notDone.join(', ')}.`] : []),
    ...(onlyFirst === undefined ? [] : [`Only the first ${formatCount(onlyFirst)} names were looked through.`]),
  ].join(' ')
  if (dismissed && missing === '' && refusal === undefined) return null
  const isOff = index.data?.status === 'OFF'
  return (
    <Alert
      type={missing === '' ? 'info' : 'warning'}
      dismissible={missing === ''}
      onDismiss={() => setDismissed(true)}
      action={isOff && <TurnOnButton />}
    >
      {missing !== '' && <Box variant="strong">{missing} </Box>}
      {isOff &&
        (onlyFirst === undefined
          ? 'The fleet index is off in this account: lists know neither groups nor connections, and a search looks through the first 2,000 names.'
          : 'Turn the fleet index on to search all of them; it is off in this account.')}
      {index.data?.status === 'BUILDING' &&
        'AWS IoT is building the fleet index. Until it is done, a search looks through the first 2,000 names, and lists know no connections.'}
      {index.error &&
        `A search looks through the first 2,000 names: whether the fleet index is on could not be told. ${index.error.message}`}
      {canSearch(index.data) &&
        refusal &&
        `The fleet index did not answer, so that a search looks through the first 2,000 names. ${refusal.message}`}
    </Alert>
  )
}

/** Turning the index on is an admin's decision: it costs money on AWS. */
export function TurnOnButton({ wanted }: { readonly wanted?: NotIndexed }) {
  const reason = useWhyNot('admin')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        disabled={reason !== undefined}
        {...(reason === undefined ? {} : { disabledReason: reason })}
        onClick={() => setAsking(true)}
      >
        {wanted ? wordsFor(wanted) : 'Turn on fleet indexing'}
      </Button>
      {asking && <TurnOnDialog wanted={wanted} onClose={() => setAsking(false)} />}
    </>
  )
}

function wordsFor({ connectivity, shadows, namedShadows = [], violations, customField }: NotIndexed): string {
  if (customField) return `Count things by ${customField.name}`
  const what = [
    ...(connectivity ? ['connections'] : []),
    ...(shadows ? ['classic shadows'] : []),
    ...namedShadows.map((name) => `the shadow ${name}`),
    ...(violations ? ['violations'] : []),
  ]
  return `Index ${new Intl.ListFormat('en').format(what)}`
}

/** Said before a search: the index does not know what it asks for. */
export function NotIndexedNotice({ wanted }: { readonly wanted: NotIndexed }) {
  const { fields } = wanted
  return (
    <Alert type="warning" action={<TurnOnButton wanted={wanted} />}>
      <Box variant="strong">
        {new Intl.ListFormat('en').format(fields)} {fields.length === 1 ? 'is' : 'are'} not in the fleet index:
      </Box>{' '}
      AWS refuses a search for what is not indexed, and shows no such column.
    </Alert>
  )
}
