import Link from '@cloudscape-design/components/link'
import type { RuleRow as Row, RuleLook } from '@thingdeck/contract'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { looked } from '../../../shared/list/looked-cell.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age } from '../../../shared/time.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { ActionLines } from '../action-lines.tsx'
import { RuleStatus } from '../rule-status.tsx'
import { SqlLine } from '../sql-text.tsx'
import type { LastFailure } from '../use-last-failures.ts'
import type { RuleCounts } from '../use-rule-counts.ts'
import { Failures, LastError, Matches } from './cells.tsx'

export interface RuleRow extends Row {
  /** `null`: it is asked for; undefined: it could not be read. */
  readonly look: RuleLook | null | undefined
  readonly traffic: {
    readonly counts: RuleCounts | undefined
    readonly isPending: boolean
    readonly whyNot: string | undefined
  }
  readonly lastFailure: LastFailure
}

export const COLUMNS: readonly ListColumn<RuleRow>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 160,
    minWidth: 120,
    compare: (one, other) => (one.ruleName < other.ruleName ? -1 : 1),
    cell: ({ ruleName }) => (
      <Link href={paths.rule(ruleName)}>
        <NameText text={ruleName} />
      </Link>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 110,
    minWidth: 100,
    cell: ({ ruleDisabled }) => <RuleStatus isDisabled={ruleDisabled} />,
  },
  {
    id: 'sql',
    header: 'SQL',
    width: 220,
    minWidth: 160,
    cell: ({ look }) => looked(look, ({ payload }) => <SqlLine sql={payload.sql} />),
  },
  {
    id: 'actions',
    header: 'Rule actions',
    width: 200,
    minWidth: 150,
    cell: ({ look }) => looked(look, ({ payload }) => <ActionLines {...payload} />),
  },
  {
    id: 'matches',
    header: 'Messages, 3 h',
    width: 130,
    minWidth: 110,
    cell: ({ traffic }) => <Matches {...traffic} />,
  },
  {
    id: 'failures',
    header: 'Failures, 3 h',
    width: 130,
    minWidth: 110,
    cell: ({ traffic }) => <Failures {...traffic} />,
  },
  {
    id: 'error',
    header: 'Last error',
    minWidth: 170,
    cell: ({ ruleName, lastFailure }) => <LastError ruleName={ruleName} failure={lastFailure} />,
  },
  {
    id: 'topic',
    header: 'Topic filter',
    width: 200,
    minWidth: 120,
    isHiddenAtFirst: true,
    compare: (one, other) => ((one.topicPattern ?? '') < (other.topicPattern ?? '') ? -1 : 1),
    cell: ({ topicPattern }) =>
      topicPattern === undefined ? (
        <span className="td-weak">none: Basic Ingest only</span>
      ) : (
        <span className="td-mono">
          <NameText text={topicPattern} />
        </span>
      ),
  },
  {
    id: 'created',
    header: 'Created',
    width: 140,
    minWidth: 110,
    isHiddenAtFirst: true,
    compare: (one, other) => ((one.createdAt ?? '') < (other.createdAt ?? '') ? -1 : 1),
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
