import Link from '@cloudscape-design/components/link'
import type { Rule } from '@thingdeck/contract'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { ActionLines } from '../action-lines.tsx'
import { RuleStatus } from '../rule-status.tsx'
import { topicFilterOf } from '../rule-statement.ts'
import { SqlText } from '../sql-text.tsx'

/** What is known of a rule, in short. */
export function RuleFacts({ rule }: { readonly rule: Rule }) {
  return (
    <Facts
      facts={[
        { label: 'State', value: <RuleStatus isDisabled={rule.payload.ruleDisabled === true} /> },
        ...headFacts(rule),
        { label: 'SQL', value: <SqlText sql={rule.payload.sql} /> },
        { label: 'Actions', value: <ActionLines {...rule.payload} /> },
      ]}
    />
  )
}

/** Facts that stand beside the statement and the actions. */
export function headFacts({ ruleArn, ruleName, createdAt, payload }: Rule): readonly (Fact | undefined)[] {
  const { description, sql, awsIotSqlVersion } = payload
  const filter = topicFilterOf(sql)
  return [
    {
      label: 'Topic filter',
      value: filter === undefined ? 'None: only Basic Ingest leads to it' : <span className="td-mono">{visible(filter)}</span>,
    },
    { label: 'SQL version', value: awsIotSqlVersion ?? '2015-10-08, as none is given' },
    { label: 'Basic Ingest', copy: `$aws/rules/${ruleName}/`, what: 'topic of Basic Ingest' },
    createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
    description === undefined || description === '' ? undefined : { label: 'Description', value: visible(description) },
    { label: 'ARN', copy: ruleArn },
    {
      label: 'Others of this topic',
      value:
        filter === undefined || /[+#]/.test(filter) ? undefined : (
          <Link href={paths.rules({ topic: filter })}>Where does it go?</Link>
        ),
    },
  ]
}
