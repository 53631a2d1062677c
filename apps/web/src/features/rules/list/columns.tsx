import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { type RuleRow as Row, type RuleLook, ruleActionName } from '@thingdeck/contract'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { looked } from '../../../shared/list/looked-cell.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age } from '../../../shared/time.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'

export interface RuleRow extends Row {
  /** `null`: it is asked for; undefined: it could not be read. */
  readonly look: RuleLook | null | undefined
}

export const COLUMNS: readonly ListColumn<RuleRow>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 220,
    minWidth: 140,
    cell: ({ ruleName }) => (
      <Link href={paths.rule(ruleName)}>
        <NameText text={ruleName} />
      </Link>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 120,
    minWidth: 100,
    cell: ({ ruleDisabled }) => <RuleStatus isDisabled={ruleDisabled} />,
  },
  {
    id: 'topic',
    header: 'Topic filter',
    width: 220,
    minWidth: 120,
    cell: ({ topicPattern }) => topicPattern ?? <span className="td-weak">Basic Ingest only</span>,
  },
  {
    id: 'actions',
    header: 'Actions',
    width: 200,
    minWidth: 120,
    cell: ({ look }) => looked(look, ({ payload }) => payload.actions.map(ruleActionName).join(', ')),
  },
  {
    id: 'created',
    header: 'Created',
    width: 150,
    minWidth: 110,
    cell: ({ createdAt }) => createdAt && <Age atMs={Date.parse(createdAt)} />,
  },
  {
    id: 'arn',
    header: 'ARN',
    minWidth: 220,
    isHiddenAtFirst: true,
    cell: ({ ruleArn }) => <Copyable what="ARN" text={ruleArn} />,
  },
]

export function RuleStatus({ isDisabled }: { readonly isDisabled: boolean }) {
  return isDisabled ? (
    <StatusIndicator type="stopped">Disabled</StatusIndicator>
  ) : (
    <StatusIndicator type="success">Enabled</StatusIndicator>
  )
}
