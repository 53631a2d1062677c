import Badge from '@cloudscape-design/components/badge'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Select from '@cloudscape-design/components/select'
import Slider from '@cloudscape-design/components/slider'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { stringifyJson } from '@thingdeck/json'
import { type Shadow, updateRequestFor } from '@thingdeck/shadows'
import { useMemo } from 'react'
import { Age, formatDateTime } from '../../../shared/time.tsx'
import { changedLeaves } from '../model/changed-leaves.ts'
import { personOfToken } from '../model/client-token.ts'
import { type History, type HistoryEntry, holeBefore } from '../model/history.ts'
import { formatKey } from '../model/rows.ts'

interface HistoryPanelProps {
  readonly history: History
  /** The versions shown and compared with, from the address. */
  readonly version: number | undefined
  readonly compare: number | undefined
  readonly onShow: (change: { version?: number | undefined; compare?: number | undefined }) => void
  readonly onRestore: (shadow: Shadow) => void
  readonly whyNoRestore: string | undefined
}

type DocumentEntry = Extract<HistoryEntry, { kind: 'document' }>

/** Every version that this page saw, with a slider, the difference of any two, and the way back. */
export function HistoryPanel({ history, version, compare, onShow, onRestore, whyNoRestore }: HistoryPanelProps) {
  const { entries, agedOut } = history
  const documents = useMemo(
    () => entries.filter((entry): entry is DocumentEntry => entry.kind === 'document'),
    [entries],
  )
  const lastIndex = documents.length - 1
  const wanted = version === undefined ? -1 : documents.findLastIndex((entry) => entry.document.version === version)
  const index = wanted === -1 ? lastIndex : wanted
  const shown = documents[index]
  if (!shown) return <Box color="text-body-secondary">No version was seen yet.</Box>
  const other =
    documents.findLast((entry) => entry.document.version === compare && entry !== shown) ?? documents[index - 1]
  const at = entries.indexOf(shown)
  const hole = holeBefore(shown, entries[at - 1])
  const options = documents
    .filter((entry) => entry !== shown)
    .slice(-200)
    .map((entry) => ({ value: String(entry.document.version), label: `version ${entry.document.version}` }))
  return (
    <SpaceBetween size="s">
      {documents.length > 1 && (
        <Slider
          ariaLabel="Version of the shadow"
          min={0}
          max={lastIndex}
          value={index}
          hideFillLine
          valueFormatter={(value) => `v${documents[value]?.document.version ?? ''}`}
          onChange={({ detail }) => onShow({ version: documents[detail.value]?.document.version })}
        />
      )}
      <div className="td-history-line">
        <span>
          <b>version {shown.document.version}</b>
          {index === lastIndex && <Badge color="green">now</Badge>}
        </span>
        <span title={formatDateTime(shown.document.seenAtMs)}>
          seen <Age atMs={shown.document.seenAtMs} />
        </span>
        <Who entry={shown} />
        {hole && (
          <span className="td-weak">
            {hole[0] === hole[1] ? `version ${hole[0]} was` : `versions ${hole[0]} to ${hole[1]} were`} not seen
          </span>
        )}
        {entries[at - 1]?.kind === 'deleted' && <span className="td-weak">the shadow was deleted before</span>}
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            onClick={() => onShow({ version: documents[index - 1]?.document.version })}
            disabled={index === 0}
            iconName="angle-left"
            ariaLabel="Older version"
          />
          <Button
            onClick={() =>
              onShow({ version: index + 1 >= lastIndex ? undefined : documents[index + 1]?.document.version })
            }
            disabled={index === lastIndex}
            iconName="angle-right"
            ariaLabel="Newer version"
          />
          <Select
            ariaLabel="Compare with"
            placeholder="Compare with"
            options={options}
            selectedOption={options.find(({ value }) => value === String(other?.document.version)) ?? null}
            onChange={({ detail }) => onShow({ compare: Number(detail.selectedOption.value) })}
          />
          <Button
            onClick={() => onRestore(shown.document.shadow)}
            disabled={whyNoRestore !== undefined || index === lastIndex}
            {...(whyNoRestore === undefined ? {} : { disabledReason: whyNoRestore })}
          >
            Restore desired as draft
          </Button>
        </SpaceBetween>
      </div>
      {other ? (
        <Difference before={other.document.shadow} after={shown.document.shadow} />
      ) : (
        <Whole shadow={shown.document.shadow} />
      )}
      <Box color="text-body-secondary" fontSize="body-s">
        {entries.length} {entries.length === 1 ? 'entry' : 'entries'} since this page was opened
        {agedOut > 0 && `, ${agedOut} older ones let go`}. Of versions before that AWS keeps nothing.
      </Box>
    </SpaceBetween>
  )
}

/** AWS does not say which principal sent an update; its client token, if it had one, does. */
function Who({ entry: { document, isMine } }: { readonly entry: DocumentEntry }) {
  const person = personOfToken(document.clientToken)
  if (isMine) return <span>sent by you, here</span>
  if (person !== undefined) return <span>sent from this console by {person}</span>
  if (document.clientToken !== undefined) {
    return (
      <span>
        sent with the token <span className="td-mono">{document.clientToken}</span>
      </span>
    )
  }
  return <span className="td-weak">{document.source === 'get' ? 'read, not heard of' : 'sent without a token'}</span>
}

function Difference({ before, after }: { readonly before: Shadow; readonly after: Shadow }) {
  const changes = useMemo(
    () => changedLeaves(before.state, updateRequestFor(before.state, after.state)),
    [before, after],
  )
  const title = `Version ${after.version} against ${before.version}`
  if (changes.length === 0) {
    return <Box color="text-body-secondary">{title}: no value differs.</Box>
  }
  return (
    <div className="td-state-scroll">
      <table className="td-state" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">{`version ${before.version}`}</th>
            <th scope="col">{`version ${after.version}`}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ path, before: old, after: now }) => (
            <tr key={formatKey(path)}>
              <th scope="row" className="td-mono">
                {formatKey(path)}
              </th>
              <td className="td-mono">{old === undefined ? '–' : <del>{stringifyJson(old)}</del>}</td>
              <td className="td-mono">
                {now === undefined ? <span className="td-error">removed</span> : <ins>{stringifyJson(now)}</ins>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Whole({ shadow }: { readonly shadow: Shadow }) {
  return (
    <Box color="text-body-secondary">
      {`Version ${shadow.version} is the first that was seen: there is nothing to compare it with yet.`}
    </Box>
  )
}
