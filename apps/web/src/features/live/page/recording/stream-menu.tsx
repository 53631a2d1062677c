import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { useRef } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { ExportFormat, MessageScope } from '../../protocol/record.ts'
import { useExport } from './use-export.tsx'
import { useOpenRecording } from './use-open-recording.tsx'

interface StreamMenuProps {
  readonly stream: string
  readonly isFiltered: boolean
  readonly picked: ReadonlySet<number>
  readonly onForgetPicked: () => void
  readonly onReplay: () => void
  /** Why nothing can be published; undefined when it can. */
  readonly whyNotPublish: string | undefined
  /** A recording was opened as this stream. Left out where none can be. */
  readonly onOpened: ((stream: string) => void) | undefined
}

const FORMATS: readonly (readonly [ExportFormat, string, string])[] = [
  ['jsonl', 'JSON Lines', 'One message a line, payloads digit for digit'],
  ['csv', 'CSV', 'For spreadsheets'],
  ['recording', 'Recording', 'To be opened here again'],
]

/** What can be done with the messages that are kept: export, replay, open a recording. */
export function StreamMenu({
  stream,
  isFiltered,
  picked,
  onForgetPicked,
  onReplay,
  whyNotPublish,
  onOpened,
}: StreamMenuProps) {
  const exportMessages = useExport(stream)
  const openRecording = useOpenRecording()
  const file = useRef<HTMLInputElement>(null)

  const scopes: readonly (readonly [string, string, MessageScope])[] = [
    ...(picked.size > 0
      ? ([['picked', `the ${formatCount(picked.size)} picked`, { kind: 'sequences', sequences: [...picked] }]] as const)
      : []),
    ...(isFiltered ? ([['shown', 'what the filter shows', { kind: 'shown' }]] as const) : []),
    ['kept', 'everything kept', { kind: 'kept' }],
  ]
  return (
    <>
      <ButtonDropdown
        expandableGroups
        items={[
          ...scopes.map(([id, words]) => ({
            id,
            text: `Export ${words}`,
            items: FORMATS.map(([format, text, description]) => ({ id: `${id} ${format}`, text, description })),
          })),
          { id: 'forget', text: 'Unpick all', disabled: picked.size === 0, disabledReason: PICK_WORDS },
          ...(onOpened
            ? [{ id: 'open', text: 'Open a recording …', description: 'Read-only, beside the live stream' }]
            : []),
          {
            id: 'replay',
            text: 'Replay …',
            description: 'Publishes messages again, after a look at what goes where',
            disabled: whyNotPublish !== undefined,
            disabledReason: whyNotPublish ?? '',
          },
        ]}
        onItemClick={({ detail: { id } }) => {
          const [scopeId, format] = id.split(' ')
          const scope = scopes.find((each) => each[0] === scopeId)?.[2]
          const chosen = FORMATS.find((each) => each[0] === format)?.[0]
          if (scope && chosen) void exportMessages(scope, chosen)
          else if (id === 'forget') onForgetPicked()
          else if (id === 'open') file.current?.click()
          else if (id === 'replay') onReplay()
        }}
      >
        {picked.size > 0 ? `More (${formatCount(picked.size)} picked)` : 'More'}
      </ButtonDropdown>
      <input
        ref={file}
        type="file"
        hidden
        accept=".jsonl,.gz,.json,application/gzip,application/x-ndjson"
        aria-label="Recording"
        onChange={async (event) => {
          const [chosen] = event.target.files ?? []
          event.target.value = '' // the same file may be opened again
          const opened = chosen && (await openRecording(chosen))
          if (opened !== undefined) onOpened?.(opened)
        }}
      />
    </>
  )
}

const PICK_WORDS =
  'Ctrl + click, or x in the list, picks messages one by one; Shift + click and Shift + arrows pick all up to there. Ctrl + C copies them.'
