import './rehearsal.css'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { jsonEquals, parseJson } from '@thingdeck/json'
import { useEffect, useState } from 'react'
import { useTourStep } from '../../../shared/tour/tour.ts'
import { CasesSection } from './cases/cases-section.tsx'
import { SaveCaseButton } from './cases/save-case-button.tsx'
import { AnswersSection } from './components/answers-section.tsx'
import { ComparedDetailView } from './components/compared-detail-view.tsx'
import { type Comparison, comparisonsOf } from './components/comparison.ts'
import { ComparisonField } from './components/comparison-field.tsx'
import { DecisionDetailView } from './components/decision-detail-view.tsx'
import { MessageSources } from './components/message-sources.tsx'
import { RehearsalCounts } from './components/rehearsal-counts.tsx'
import { RehearsalRows } from './components/rehearsal-rows.tsx'
import { SenderFields } from './components/sender-fields.tsx'
import { topicLike } from './components/topic-like.ts'
import { TypedMessageForm } from './components/typed-message-form.tsx'
import { useLiveMessages } from './components/use-live-messages.ts'
import type {
  RehearsalAnswer,
  RehearsalDetail,
  RehearsalMessage,
  RehearsedRule,
  RowFilter,
  Sender,
  SqlMark,
} from './protocol.ts'
import { topicFilterOf } from './topic-filter-of.ts'
import { type RunningRehearsal, useRehearsal } from './use-rehearsal.ts'

export interface RehearsalPanelProps {
  /** What is rehearsed. */
  readonly draft: RehearsedRule
  /** What is deployed: messages that it decides otherwise are told of. */
  readonly deployed?: RehearsedRule | undefined
  /** Left out while it has none. */
  readonly ruleName?: string | undefined
  /** Told what came of the parts of `draft.sql`, to be marked there; again whenever that changes. */
  readonly onMarks?: ((marks: readonly SqlMark[]) => void) | undefined
  /** What it begins with: a message, or as much as is known of one to type. */
  readonly begin?: RehearsalBegin | undefined
}

export interface RehearsalBegin {
  readonly topic: string
  readonly clientId?: string | undefined
  /** The message itself, where somebody has it. */
  readonly message?: RehearsalMessage | undefined
}

const FILTERS: readonly { readonly id: RowFilter; readonly text: string }[] = [
  { id: 'all', text: 'All' },
  { id: 'matched', text: 'Matched' },
  { id: 'not matched', text: 'Not matched' },
  { id: 'different', text: 'Different' },
]

/** Basic Ingest needs some name. */
const UNNAMED = 'draft'

/** Rows at first, and with each 'Show more'. */
const ROWS = 50

/** A rule that is tried on messages, in the browser: nothing is sent, and AWS is asked only where somebody says so. */
export function RehearsalPanel({ draft, deployed, ruleName, onMarks, begin }: RehearsalPanelProps) {
  const [filter, setFilter] = useState<RowFilter>('all')
  const [count, setCount] = useState(ROWS)
  const [answers, setAnswers] = useState<readonly RehearsalAnswer[]>([])
  const [sender, setSender] = useState<Sender>({})
  const comparisons = comparisonsOf(draft, deployed)
  const [comparedId, setComparedId] = useState('deployed')
  const compared = comparisons.find(({ id }) => id === comparedId)
  const running = useRehearsal({
    draft,
    compared: compared?.rule,
    ruleName: ruleName ?? UNNAMED,
    answers,
    sender,
    shown: { filter, count },
  })
  const { view, add, clear, worker } = running
  const marks = view?.marks
  useTourStep('rule', (view?.counts.matched ?? 0) > 0)
  useEffect(() => {
    if (marks) onMarks?.(marks)
  }, [marks, onMarks])
  const first = begin?.message
  useEffect(() => {
    if (first && worker) add([first])
  }, [first, worker, add])
  const topicFilter = topicFilterOf(draft)
  const live = useLiveMessages(topicFilter, running)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="The rule is run on messages here in the browser. Nothing is sent, and functions ask AWS only where you say so."
          actions={
            <Button disabled={view === undefined} onClick={clear}>
              Clear
            </Button>
          }
        >
          Rehearsal
        </Header>
      }
    >
      <SpaceBetween size="m">
        <MessageSources running={running} topicFilter={topicFilter} live={live} />
        {view?.problem && <Alert type="error">The SQL cannot be run yet: {view.problem.message}</Alert>}
        <SenderFields rule={draft} sender={sender} onChange={setSender} />
        <ComparisonField
          comparisons={comparisons}
          chosen={compared}
          onChoose={(id) => {
            setComparedId(id)
            if (id === '' && filter === 'different') setFilter('all')
          }}
        />
        {compared && view?.comparedProblem !== undefined && (
          <Alert type="warning">
            {compared.title} cannot be run here: {view.comparedProblem}
          </Alert>
        )}
        {view && <RehearsalCounts counts={view.counts} comparedWords={compared?.words ?? ''} />}
        {deployed && !jsonEquals(errorActionOf(draft), errorActionOf(deployed)) && (
          <p className="td-weak">
            The error action is not the deployed one: what it would send is shown of a message that is opened.
          </p>
        )}
        {view && view.counts.decided > 0 && (
          <SpaceBetween size="xs">
            <SegmentedControl
              label="Messages shown"
              selectedId={filter}
              options={FILTERS.filter(({ id }) => id !== 'different' || compared !== undefined)}
              onChange={({ detail }) => setFilter(FILTERS.find(({ id }) => id === detail.selectedId)?.id ?? 'all')}
            />
            <Rows running={running} draft={draft} compared={compared} ruleName={ruleName} answers={answers} />
            {view.moreRows > 0 && (
              <Button variant="inline-link" onClick={() => setCount(count + ROWS)}>
                Show more
              </Button>
            )}
          </SpaceBetween>
        )}
        {view && <AnswersSection asked={view.asked} answers={answers} onChange={setAnswers} />}
        <ExpandableSection headerText="Type a message" defaultExpanded>
          <TypedMessageForm
            topic={begin?.topic ?? topicLike(topicFilter ?? `$aws/rules/${ruleName ?? UNNAMED}/a`)}
            clientId={begin?.clientId}
            onMessage={(message) => add([message])}
          />
        </ExpandableSection>
        {isRuleName(ruleName) && (
          <CasesSection ruleName={ruleName} draft={draft} onRehearse={(message) => add([message])} />
        )}
      </SpaceBetween>
    </Container>
  )
}

interface RowsProps {
  readonly running: RunningRehearsal
  readonly draft: RehearsedRule
  readonly compared: Comparison | undefined
  readonly ruleName: string | undefined
  readonly answers: readonly RehearsalAnswer[]
}

function Rows({ running, draft, compared, ruleName, answers }: RowsProps) {
  const { view, worker } = running
  const [selected, setSelected] = useState<number>()
  const [detail, setDetail] = useState<RehearsalDetail>()
  const decided = view?.counts.decided
  const run = view?.run ?? ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another draft, and another run, it is another detail
  useEffect(() => {
    if (selected === undefined || !worker) {
      setDetail(undefined)
      return
    }
    let isCurrent = true
    worker
      .call('rehearsal.detail', { id: selected })
      .then((found) => isCurrent && setDetail(found))
      .catch(() => {}) // the worker was closed with the page
    return () => {
      isCurrent = false
    }
  }, [selected, worker, draft, decided, compared?.id, run])
  return (
    <>
      <RehearsalRows
        rows={view?.rows ?? []}
        run={run}
        comparedShort={compared?.short ?? ''}
        selected={selected}
        onSelect={setSelected}
      />
      {detail && (
        <section aria-label="Message rehearsed">
          <DecisionDetailView detail={detail.draft} />
          {compared && detail.compared && (
            <ComparedDetailView short={compared.short} draft={detail.draft} compared={detail.compared} />
          )}
          {isRuleName(ruleName) && (
            <SaveCaseButton ruleName={ruleName} rule={draft} detail={detail} answers={answers} />
          )}
        </section>
      )}
    </>
  )
}

const errorActionOf = ({ errorAction = {} }: RehearsedRule) => parseJson(JSON.stringify(errorAction))

/** As AWS has them: only a rule that can be there has test cases. */
const isRuleName = (name: string | undefined): name is string =>
  name !== undefined && /^[a-zA-Z0-9_]{1,128}$/.test(name)
