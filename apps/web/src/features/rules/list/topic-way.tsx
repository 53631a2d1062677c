import './topic-way.css'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import type { RuleLook, RuleRow, TopicRules } from '@thingdeck/contract'
import { doubtTopic, validateTopicName } from '@thingdeck/topics'
import { useId, useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { useLooks } from '../../../shared/list/use-looks.ts'
import { paths } from '../../../shared/paths.ts'
import { selectFrom } from '../../../shared/select-from.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { useDebounced } from '../../../shared/use-debounced.ts'
import { ActionLines } from '../action-lines.tsx'
import { RULE_LOOKS, topicRulesQuery } from '../api.ts'
import { conditionOf } from '../rule-statement.ts'
import { topicKind, topicWords } from '../topic-words.ts'

const TYPING_MS = 300

interface TopicWayProps {
  /** Empty: none is asked for. */
  readonly topic: string
  readonly onTopic: (topic: string | undefined) => void
}

/** Where does this topic go? Which rules a message of a topic leads to, and what each does with it. */
export function TopicWay({ topic, onTopic }: TopicWayProps) {
  const [typed, setTyped] = useState(topic)
  const [given, setGiven] = useState(topic)
  if (given !== topic) {
    // It came by the address: a link, or back.
    setGiven(topic)
    if (topic !== typed) setTyped(topic)
  }
  const settled = useDebounced(typed, TYPING_MS)
  const wrong = typed === '' ? undefined : validateTopicName(typed)?.message
  const doubt = wrong === undefined && typed !== '' ? doubtTopic(typed) : undefined
  return (
    <section className="td-topic-way" aria-label="Where does this topic go?">
      <FormField
        label="Where does this topic go?"
        errorText={wrong && `${wrong}.`}
        warningText={doubt && `${doubt.message}.`}
      >
        <Input
          type="search"
          value={typed}
          placeholder="A topic, as a device publishes to it: plant/7/data"
          onChange={({ detail }) => {
            setTyped(detail.value)
            setGiven(detail.value)
            onTopic(detail.value === '' ? undefined : detail.value)
          }}
        />
      </FormField>
      {typed !== '' && wrong === undefined && (settled === typed ? <Way topic={typed} /> : <Loading what="rules" />)}
    </section>
  )
}

function Way({ topic }: { readonly topic: string }) {
  const { data, error, refetch } = useQuery(topicRulesQuery(topic))
  if (error) return <ErrorAlert error={error} what="The rules could not be read" onRetry={() => void refetch()} />
  if (!data) return <Loading what="rules" />
  return <TopicAnswer topic={topic} answer={data} />
}

/** So many rules are shown with what they do; AWS is asked for each. */
const MOST_SHOWN = 30

function TopicAnswer({ topic, answer }: { readonly topic: string; readonly answer: TopicRules }) {
  const shown = answer.rules.slice(0, MOST_SHOWN)
  const looks = useLooks(
    RULE_LOOKS,
    shown.map(({ ruleName }) => ruleName),
  )
  const enabled = shown.filter(({ ruleDisabled }) => !ruleDisabled)
  const disabled = shown.filter(({ ruleDisabled }) => ruleDisabled)
  const kind = topicKind(topic)
  const sql = kind.is === 'basic ingest' ? undefined : selectFrom(topic)
  return (
    <div role="status">
      <p>{visible(topicWords(kind, answer))}</p>
      <TopicRuleList label="Rules that act on it" rules={enabled} looks={looks} />
      {disabled.length > 0 && (
        <>
          <p>
            {disabled.length === 1
              ? 'One more would, but is disabled:'
              : `${disabled.length} more would, but are disabled:`}
          </p>
          <TopicRuleList label="Disabled rules of this topic" rules={disabled} looks={looks} />
        </>
      )}
      {answer.rules.length > MOST_SHOWN && <p>{answer.rules.length - MOST_SHOWN} more are not shown.</p>}
      {sql !== undefined && (
        <ActionButton
          id="create for topic"
          text="Create rule for this topic"
          needs="admin"
          href={paths.createRule({ sql })}
        />
      )}
    </div>
  )
}

interface TopicRuleListProps {
  readonly label: string
  readonly rules: readonly RuleRow[]
  readonly looks: ReadonlyMap<string, RuleLook | null>
}

function TopicRuleList({ label, rules, looks }: TopicRuleListProps) {
  if (rules.length === 0) return null
  return (
    <ul className="td-plain-list" aria-label={label}>
      {rules.map((rule) => (
        <li key={rule.ruleName}>
          <TopicRule rule={rule} look={looks.get(rule.ruleName)} />
        </li>
      ))}
    </ul>
  )
}

function TopicRule({ rule, look }: { readonly rule: RuleRow; readonly look: RuleLook | null | undefined }) {
  const id = useId()
  const condition = look ? conditionOf(look.payload.sql) : undefined
  return (
    <div className="td-topic-rule">
      <div id={id}>
        <Link href={paths.rule(rule.ruleName)}>
          <NameText text={rule.ruleName} />
        </Link>
        {rule.topicPattern !== undefined && (
          <div className="td-mono td-weak">
            <NameText text={rule.topicPattern} />
          </div>
        )}
      </div>
      <div>
        {condition !== undefined && (
          <div className="td-weak">
            if <span className="td-mono">{visible(condition)}</span>
          </div>
        )}
        {look === null && <span className="td-weak">…</span>}
        {look === undefined && <span className="td-weak">What it does could not be read</span>}
        {look && <ActionLines {...look.payload} />}
      </div>
    </div>
  )
}
