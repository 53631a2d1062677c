import Link from '@cloudscape-design/components/link'
import type { Rule } from '@thingdeck/contract'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { ActionLines } from '../action-lines.tsx'
import { topicFilterOf } from '../rehearsal/topic-filter-of.ts'
import { prettySql } from '../rule-statement.ts'
import { RuleStatus } from '../rule-status.tsx'
import { SqlText } from '../sql-text.tsx'

/** A rule in short. */
export function RuleFacts({ rule }: { readonly rule: Rule }) {
  const { payload } = rule
  return (
    <Facts
      facts={[
        { label: 'State', value: <RuleStatus isDisabled={payload.ruleDisabled === true} /> },
        { label: 'SQL', value: <SqlText sql={prettySql(payload.sql)} /> },
        { label: 'Actions', value: <ActionLines {...payload} /> },
        ...headFacts(rule),
      ]}
    />
  )
}

/** What is known of a rule beside its statement and its actions. */
export function headFacts({ ruleArn, ruleName, createdAt, payload }: Rule): readonly (Fact | undefined)[] {
  const { description = '', awsIotSqlVersion } = payload
  const filter = topicFilterOf(payload)
  return [
    description === '' ? undefined : { label: 'Description', value: visible(description) },
    {
      label: 'Topic filter',
      value: filter === undefined ? 'None: only Basic Ingest leads to it' : <TopicFilter filter={filter} />,
    },
    { label: 'Basic Ingest', copy: `$aws/rules/${ruleName}/`, what: 'beginning of topics for Basic Ingest' },
    { label: 'SQL version', value: awsIotSqlVersion ?? '2015-10-08, as it names none' },
    createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
    { label: 'ARN', copy: ruleArn },
  ]
}

/** A topic filter with where its messages can be watched; one without wildcards is a topic, which others may want too. */
function TopicFilter({ filter }: { readonly filter: string }) {
  return (
    <>
      <span className="td-mono">{visible(filter)}</span>
      <div>
        <Link href={paths.live({ s: [`0:${filter}`] })}>Watch it live</Link>
        {!/[+#]/.test(filter) && (
          <>
            {' · '}
            <Link href={paths.rules({ topic: filter })}>Where does it go?</Link>
          </>
        )}
      </div>
    </>
  )
}
