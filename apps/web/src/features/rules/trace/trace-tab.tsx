import Checkbox from '@cloudscape-design/components/checkbox'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { logsSuccesses, type Rule, type RulePayload } from '@thingdeck/contract'
import { serverNow } from '../../../shared/clock/server-clock.ts'
import { loggingQuery } from '../../../shared/iot-logs/iot-log-queries.ts'
import { isOpenEnded } from '../../../shared/iot-logs/log-pages.ts'
import { LevelNotice, LoggingNotice } from '../../../shared/iot-logs/logging-notice.tsx'
import { TailControl } from '../../../shared/iot-logs/tail-control.tsx'
import { useLogEntries } from '../../../shared/iot-logs/use-log-entries.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { actionTitleOf } from '../../../shared/rule-failures/action-labels.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { TimeRangeField } from '../../../shared/time-range-field.tsx'
import { topicFilterOf } from '../rehearsal/topic-filter-of.ts'
import { selectionOf, USUAL_SPAN } from './api.ts'
import { RunsCell, VerdictCell, WhenCell, WhyCell } from './components/firing-cells.tsx'
import { FiringLook } from './components/firing-look.tsx'
import { WhyPanel } from './components/why-panel.tsx'
import { type Firing, firingsOf } from './firings.ts'
import { firstFailure, verdictOfRule } from './outcome.ts'
import type { RuleTraceSearch } from './search.ts'
import { spanWords } from './span-words.ts'
import { useRuleCounted } from './use-rule-counted.ts'
import { whyChecks } from './why-checks.ts'

type Changed = { readonly [K in keyof RuleTraceSearch]?: RuleTraceSearch[K] | undefined }

interface RuleTraceProps {
  readonly rule: Rule
  readonly search: RuleTraceSearch
  readonly setSearch: (change: Changed, options?: { readonly replace?: boolean }) => void
}

const WORDS: ListWords = {
  title: 'Firings',
  one: 'firing',
  many: 'firings',
  description: "Messages that came to the rule, from AWS IoT's log, newest first.",
  empty: {
    title: 'Nothing was logged of this rule in this time',
    text: 'Choose a longer time, or look above why it has not fired.',
  },
  partSearched: 'CloudWatch Logs searches a log group in parts: a part of it was searched so far.',
}

/** What became of the messages that came to a rule, and why it may not have fired. */
export function RuleTrace({ rule, search, setSearch }: RuleTraceProps) {
  const { ruleName, payload } = rule
  const isTailing = search.tail === '1'
  const log = useLogEntries(selectionOf(ruleName, search), isTailing)
  const { data: logging } = useQuery(loggingQuery)
  const { counted, whyNot } = useRuleCounted(ruleName, payload, search)
  const areSuccessesLogged = logsSuccesses(logging?.defaultLogLevel)
  const all = firingsOf(log.source.pages.flat())
  const firings = search.action === undefined ? all : all.filter(ranFor(search.action))
  const latest = all.map(firstFailure).find((words) => words !== undefined)
  const topicFilter = topicFilterOf(payload)
  const logged = all.flatMap(({ runs }) => runs.map(({ label }) => label))
  const labels = [...new Set(search.action === undefined ? logged : [...logged, search.action])]
  return (
    <SpaceBetween size="m">
      <LoggingNotice outcome={log.first?.outcome} message={log.first?.message} />
      <WhyPanel
        ruleName={ruleName}
        topicFilter={topicFilter}
        checks={whyChecks({
          payload,
          topicFilter,
          logging,
          counted,
          whyNotCounted: whyNot,
          failure: latest,
          span: spanWords(search),
        })}
        onFailures={() => setSearch({ failures: '1' })}
      />
      <LevelNotice />
      <List<Firing>
        name="rule-firings"
        variant="container"
        words={WORDS}
        columns={columnsOf(payload, serverNow(), areSuccessesLogged)}
        rowId={({ id }) => id}
        source={{ ...log.source, pages: log.source.isPending ? [] : [firings] }}
        paging="endless"
        search={search.look ? { look: search.look } : {}}
        setSearch={(change: object) => setSearch(lookIn(change))}
        selection="single"
        selectLabel={({ topic = 'a message', at }) => `Look at ${visibleText(topic)}, ${at}`}
        notice={
          <SpaceBetween direction="horizontal" size="m" alignItems="center">
            <TimeRangeField range={search} usual={USUAL_SPAN} placeholder="The last hour" onChange={setSearch} />
            <Checkbox
              checked={search.failures === '1'}
              onChange={({ detail }) => setSearch({ failures: detail.checked ? '1' : undefined })}
            >
              Only failures
            </Checkbox>
            <ActionSelect labels={labels} action={search.action} onChoose={(action) => setSearch({ action })} />
          </SpaceBetween>
        }
        aside={
          <TailControl
            isTailing={isTailing}
            whyNot={isOpenEnded(search) ? undefined : 'The time that is shown ends in the past.'}
            waiting={log.waiting}
            hasGap={log.hasGap}
            error={log.tailError}
            onTail={(wanted) => setSearch({ tail: wanted ? '1' : undefined }, { replace: true })}
            onShow={log.showNew}
          />
        }
        look={(id, listed) => ({
          header: listed?.topic ?? 'Firing',
          content: listed ? (
            <FiringLook key={id} ruleName={ruleName} payload={payload} listed={listed} />
          ) : (
            'It is not among the entries that were read: choose a longer time.'
          ),
        })}
      />
    </SpaceBetween>
  )
}

const lookIn = (change: object): Changed => ('look' in change ? { look: change.look as RuleTraceSearch['look'] } : {}) // the list's own search has no other

const ranFor =
  (action: string) =>
  ({ runs }: Firing): boolean =>
    runs.some(({ label }) => label === action)

const columnsOf = (payload: RulePayload, nowMs: number, areSuccessesLogged: boolean): readonly ListColumn<Firing>[] => [
  {
    id: 'when',
    header: 'When',
    isRowHeader: true,
    isFixed: true,
    width: 190,
    cell: (firing) => <WhenCell firing={firing} />,
  },
  {
    id: 'result',
    header: 'Result',
    width: 170,
    cell: (firing) => <VerdictCell verdict={verdictOfRule(firing, payload, nowMs, areSuccessesLogged)} />,
  },
  { id: 'why', header: 'Why not', minWidth: 300, cell: (firing) => <WhyCell words={firstFailure(firing)} /> },
  {
    id: 'topic',
    header: 'Topic',
    minWidth: 160,
    cell: ({ topic }) => <span className="td-mono">{visible(topic ?? '–')}</span>,
  },
  { id: 'client', header: 'Client', width: 120, cell: ({ clientId }) => visible(clientId ?? '–') },
  { id: 'actions', header: 'Actions', width: 190, cell: ({ runs }) => <RunsCell runs={runs} /> },
]

interface ActionSelectProps {
  readonly labels: readonly string[]
  readonly action: string | undefined
  readonly onChoose: (action: string | undefined) => void
}

function ActionSelect({ labels, action, onChoose }: ActionSelectProps) {
  const options = [
    { value: '', label: 'All actions' },
    ...labels.map((label) => ({ value: label, label: actionTitleOf(label) })),
  ]
  return (
    <Select
      ariaLabel="Action"
      options={options}
      selectedOption={options.find(({ value }) => value === (action ?? '')) ?? null}
      onChange={({ detail }) => onChoose(detail.selectedOption.value || undefined)}
    />
  )
}
