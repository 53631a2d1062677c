import Badge from '@cloudscape-design/components/badge'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Select from '@cloudscape-design/components/select'
import Slider from '@cloudscape-design/components/slider'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { stringifyJson } from '@thingdeck/json'
import { type ChangedLeaf, changedLeaves, type Shadow, updateRequestFor } from '@thingdeck/shadows'
import { useMemo, useState } from 'react'
import { type Difference, DifferenceTable } from '../../../shared/diff/difference-table.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatDateTime } from '../../../shared/time.tsx'
import { personOfToken } from '../model/client-token.ts'
import { formatKey } from '../model/rows.ts'
import { patchOf } from '../recording/reckon-versions.ts'
import type { Moment } from '../recording/timeline.ts'

interface HistoryPanelProps {
  /** Oldest first. */
  readonly moments: readonly Moment[]
  /** How many of the session's own were let go. */
  readonly agedOut: number
  /** The versions shown and compared with, from the address. */
  readonly version: number | undefined
  readonly compare: number | undefined
  readonly onShow: (change: { version?: number | undefined; compare?: number | undefined }) => void
  readonly onRestore: (shadow: Shadow) => void
  readonly whyNoRestore: string | undefined
}

/** A moment that has a version: all but deletions. */
type Stop = Exclude<Moment, { kind: 'deleted' }>

/** Every version that was seen or recorded, with a slider, the difference of any two, and the way back. */
export function HistoryPanel(props: HistoryPanelProps) {
  const { moments, agedOut, version, compare, onShow, onRestore, whyNoRestore } = props
  // A number may come twice, in two lives of the shadow: which of them is meant, the address alone cannot say.
  const [pickedKey, setPickedKey] = useState<string>()
  const [comparedKey, setComparedKey] = useState<string>()
  const stops = useMemo(() => moments.filter((moment): moment is Stop => moment.kind !== 'deleted'), [moments])
  const lastIndex = stops.length - 1
  const index = version === undefined ? lastIndex : indexOf(stops, version, pickedKey, lastIndex)
  const shown = stops[index]
  if (!shown) return <Box color="text-body-secondary">No version was seen yet.</Box>
  const compared = compare === undefined ? -1 : indexOf(stops, compare, comparedKey, -1)
  const other = stops[compared === -1 || compared === index ? index - 1 : compared]
  const isNow = index === lastIndex && shown.isSeenHere
  const show = (at: number) => {
    const stop = stops[at]
    setPickedKey(stop?.key)
    onShow({ version: at >= lastIndex ? undefined : stop?.version })
  }
  return (
    <SpaceBetween size="s">
      {stops.length > 1 && (
        <Slider
          ariaLabel="Version of the shadow"
          min={0}
          max={lastIndex}
          value={index}
          hideFillLine
          valueFormatter={(value) => `v${stops[value]?.version ?? ''}`}
          onChange={({ detail }) => show(detail.value)}
        />
      )}
      <div className="td-ends">
        <span>
          <b>version {shown.version}</b> {isNow && <Badge color="green">now</Badge>}
          {shown.recording !== undefined && <Badge color="blue">from the recording {visible(shown.recording)}</Badge>}
        </span>
        <span title={formatDateTime(shown.seenAtMs)}>
          {shown.isSeenHere ? 'seen' : 'recorded'} <Age atMs={shown.seenAtMs} />
        </span>
        <Who moment={shown} />
        <Before moment={shown} previous={moments[moments.indexOf(shown) - 1]} />
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            onClick={() => show(index - 1)}
            disabled={index === 0}
            iconName="angle-left"
            ariaLabel="Older version"
          />
          <Button
            onClick={() => show(index + 1)}
            disabled={index === lastIndex}
            iconName="angle-right"
            ariaLabel="Newer version"
          />
          <CompareSelect
            stops={stops}
            shown={shown}
            other={other}
            onCompare={(stop) => {
              setComparedKey(stop.key)
              onShow({ compare: stop.version })
            }}
          />
          <RestoreButton shown={shown} isNow={isNow} whyNot={whyNoRestore} onRestore={onRestore} />
        </SpaceBetween>
      </div>
      <Content shown={shown} other={other} />
      <Box color="text-body-secondary" fontSize="body-s">
        {inWords(moments)}
        {agedOut > 0 && `; ${agedOut} older ones of this session were let go`}. AWS keeps no past versions: what was
        before is only in recordings.
      </Box>
    </SpaceBetween>
  )
}

/** The one that was picked, if its number is meant; else the newest of the number. */
function indexOf(stops: readonly Stop[], version: number, key: string | undefined, otherwise: number): number {
  const picked = stops.findIndex((stop) => stop.key === key && stop.version === version)
  if (picked !== -1) return picked
  const newest = stops.findLastIndex((stop) => stop.version === version)
  return newest === -1 ? otherwise : newest
}

function inWords(moments: readonly Moment[]): string {
  const seen = moments.filter(({ isSeenHere }) => isSeenHere).length
  const recorded = moments.length - seen
  const words = `${seen} ${seen === 1 ? 'entry' : 'entries'} since this page was opened`
  return recorded > 0 ? `${words}, ${recorded} from recordings` : words
}

interface CompareSelectProps {
  readonly stops: readonly Stop[]
  readonly shown: Stop
  readonly other: Stop | undefined
  readonly onCompare: (stop: Stop) => void
}

function CompareSelect({ stops, shown, other, onCompare }: CompareSelectProps) {
  const options = useMemo(
    () =>
      stops
        .filter((stop) => stop.kind === 'document' && stop !== shown)
        .reverse()
        .map(({ key, version, recording }) => ({
          value: key,
          label: `version ${version}`,
          ...(recording === undefined ? {} : { labelTag: 'recording' }),
        })),
    [stops, shown],
  )
  return (
    <Select
      ariaLabel="Compare with"
      placeholder="Compare with"
      options={options}
      filteringType={options.length > 12 ? 'auto' : 'none'}
      virtualScroll
      selectedOption={options.find(({ value }) => value === other?.key) ?? null}
      onChange={({ detail }) => {
        const stop = stops.find(({ key }) => key === detail.selectedOption.value)
        if (stop) onCompare(stop)
      }}
    />
  )
}

interface RestoreButtonProps {
  readonly shown: Stop
  readonly isNow: boolean
  readonly whyNot: string | undefined
  readonly onRestore: (shadow: Shadow) => void
}

function RestoreButton({ shown, isNow, whyNot, onRestore }: RestoreButtonProps) {
  const reason =
    whyNot ??
    (shown.kind === 'update'
      ? 'Only what was changed was recorded of this version, not the whole document.'
      : undefined) ??
    (isNow ? 'This is the version of now.' : undefined)
  return (
    <Button
      onClick={() => shown.kind === 'document' && onRestore(shown.document.shadow)}
      disabled={reason !== undefined}
      {...(reason === undefined ? {} : { disabledReason: reason })}
    >
      Restore desired as draft
    </Button>
  )
}

/** What is known of the time between a version and the one that is listed before it. */
function Before({ moment, previous }: { readonly moment: Stop; readonly previous: Moment | undefined }) {
  if (previous === undefined) return null
  if (previous.kind === 'deleted') return <span className="td-weak">the shadow was deleted before</span>
  const [from, to] = [previous.version + 1, moment.version - 1]
  if (moment.version <= previous.version) return <span className="td-weak">the counter began afresh before</span>
  if (from > to) return null
  return (
    <span className="td-weak">
      {from === to ? `version ${from} was` : `versions ${from} to ${to} were`} neither seen nor recorded
    </span>
  )
}

/** AWS does not say which principal sent an update; its client token, if it had one, does. */
function Who({ moment }: { readonly moment: Stop }) {
  const { clientToken, isMine } = moment
  const person = personOfToken(clientToken)
  if (isMine) return <span>sent by you, here</span>
  if (person !== undefined) return <span>sent from this console by {visible(person)}</span>
  if (clientToken !== undefined) {
    return (
      <span>
        sent with the token <span className="td-mono">{visible(clientToken)}</span>
      </span>
    )
  }
  const isRead = moment.kind === 'document' && moment.document.source === 'get'
  return <span className="td-weak">{isRead ? 'read: who sent it is not known' : 'sent without a token'}</span>
}

function Content({ shown, other }: { readonly shown: Stop; readonly other: Stop | undefined }) {
  if (shown.kind === 'update') return <OnlyUpdate version={shown.version} text={shown.text} />
  if (other?.kind === 'document') return <Differences before={other.document.shadow} after={shown.document.shadow} />
  if (other) {
    return (
      <Box color="text-body-secondary">
        {`Of version ${other.version} only the update was recorded: choose another one to compare with.`}
      </Box>
    )
  }
  return (
    <Box color="text-body-secondary">
      {`Version ${shown.version} is the first that was seen: there is nothing to compare it with yet.`}
    </Box>
  )
}

function Differences({ before, after }: { readonly before: Shadow; readonly after: Shadow }) {
  const changes = useMemo(
    () => changedLeaves(before.state, updateRequestFor(before.state, after.state)),
    [before, after],
  )
  const title = `Version ${after.version} against ${before.version}`
  if (changes.length === 0) return <Box color="text-body-secondary">{title}: no value differs.</Box>
  return (
    <DifferenceTable
      label={title}
      before={`version ${before.version}`}
      after={`version ${after.version}`}
      differences={changes.map(differenceOf)}
    />
  )
}

/** What an update named, where the document that it made is not known. */
function OnlyUpdate({ version, text }: { readonly version: number; readonly text: string }) {
  const patch = useMemo(() => patchOf(text), [text])
  const title = `What made version ${version}`
  if (patch === null) return <Box color="text-body-secondary">{title}: an update that removed everything.</Box>
  const changes = patch ? changedLeaves({}, patch) : []
  if (changes.length === 0) return <Box color="text-body-secondary">{title}: an update that named no key.</Box>
  return <DifferenceTable label={title} before="before" after="set to" differences={changes.map(differenceOf)} />
}

const differenceOf = ({ path, before, after }: ChangedLeaf): Difference => ({
  key: formatKey(path),
  before: before === undefined ? undefined : stringifyJson(before),
  after: after === undefined ? undefined : stringifyJson(after),
})
