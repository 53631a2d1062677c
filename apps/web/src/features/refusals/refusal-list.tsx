import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Refusal, RefusalList } from '@thingdeck/contract'
import type { ComponentProps, ReactNode } from 'react'
import { formatCount } from '../../shared/format.ts'
import { LoggingNotice } from '../../shared/iot-logs/logging-notice.tsx'
import { RunningDebugs } from '../../shared/iot-logs/running-debugs.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import { paths } from '../../shared/paths.ts'
import { visibleText } from '../../shared/text/visible-text.ts'
import { formatDateTime } from '../../shared/time.tsx'
import type { TimeRange } from '../../shared/time-range.ts'
import { TimeRangeField } from '../../shared/time-range-field.tsx'
import { USUAL_SPAN } from './api.ts'
import { HiddenByLevel } from './components/not-logged.tsx'
import { RefusalLook } from './components/refusal-look.tsx'
import { whatInWords } from './what-words.ts'

export const WORDS: ListWords = {
  title: 'Refusals',
  one: 'refusal',
  many: 'refusals',
  description:
    'What AWS IoT refused, by client, what was tried and why, the last one first; each opens with cause and cure.',
  empty: {
    title: 'Nothing was refused in this time',
    text: 'As far as the log goes. Choose a longer time, or see below what AWS IoT never logs.',
    action: { id: 'settings', text: 'Logging settings', href: paths.logSettings() },
  },
}

export const PAGE_SIZES = [25, 50, 100]
/** Facts of each row that is seen are asked for. */
export const USUAL_PAGE_SIZE = 25

interface RangeFieldProps {
  readonly range: TimeRange
  readonly onChange: ComponentProps<typeof TimeRangeField>['onChange']
}

export const RangeField = (props: RangeFieldProps) => (
  <TimeRangeField {...props} usual={USUAL_SPAN} placeholder="The last day" />
)

/** What the list does not have, and why. */
export function RefusalsNotice({ found }: { readonly found: RefusalList | undefined }) {
  return (
    <SpaceBetween size="xs">
      <LoggingNotice outcome={found?.outcome} message={found?.message} />
      {found && <HiddenByLevel logging={found.logging} />}
      <RunningDebugs />
      {found?.readFrom !== undefined && (
        <span className="td-weak" role="status">
          There is more in the log than is read at once: refusals since {formatDateTime(Date.parse(found.readFrom))} are
          here. Choose a shorter time, or a client, to see older ones.
        </span>
      )}
      {found?.further !== undefined && (
        <span className="td-weak" role="status">
          {formatCount(found.further)} more, of longer ago, are not listed: choose a shorter time or a client.
        </span>
      )}
    </SpaceBetween>
  )
}

export const refusalRow = {
  rowId: ({ refusalId }: Refusal) => refusalId,
  selectLabel: (refusal: Refusal) =>
    `Look at ${visibleText(whatInWords(refusal))}${refusal.clientId === undefined ? '' : ` of ${visibleText(refusal.clientId)}`}`,
} as const

/** Those who took each other's client id. */
const otherParties = ({ refusalId, clientId, reason }: Refusal, refusals: readonly Refusal[]): readonly Refusal[] =>
  reason === 'DUPLICATE_CLIENT_ID'
    ? refusals.filter((each) => each.clientId === clientId && each.reason === reason && each.refusalId !== refusalId)
    : []

/** Of a link: the refusal may not be in the time that is shown. */
export const lookAt =
  (refusals: readonly Refusal[], onDebug: (clientId: string) => void) =>
  (_: string, refusal: Refusal | undefined): { readonly header: string; readonly content: ReactNode } => ({
    header: refusal === undefined ? 'Refusal' : visibleText(whatInWords(refusal)),
    content:
      refusal === undefined ? (
        'It is not among those of this time: choose a longer one.'
      ) : (
        <RefusalLook refusal={refusal} others={otherParties(refusal, refusals)} onDebug={onDebug} />
      ),
  })
