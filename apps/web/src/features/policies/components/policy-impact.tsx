import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { useMemo } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { type ImpactRow, impactOf } from '../policy-impact.ts'
import { useAllTargets } from '../use-all-targets.ts'
import { usePolicySubjects } from '../use-policy-subjects.ts'

interface PolicyImpactProps {
  readonly policyName: string
  /** The text that decides. */
  readonly before: string
  /** The one that would. */
  readonly after: string
}

const NAMED = 3

/** What a policy of another text would change for whom, as far as one looked; known while one reads. */
export function PolicyImpact({ policyName, before, after }: PolicyImpactProps) {
  const targets = useAllTargets(policyName)
  const { subjects, isOver, error, lookFurther } = usePolicySubjects(policyName, targets.data)
  const { rows, unchanged } = useMemo(
    () => impactOf(subjects, policyName, before, after),
    [subjects, policyName, before, after],
  )
  const failure = targets.error ?? error
  return (
    <SpaceBetween size="xs">
      {failure && <ErrorAlert error={failure} what="Whom it changes something for could not be told" />}
      <Table
        variant="embedded"
        wrapLines
        items={rows}
        columnDefinitions={COLUMNS}
        trackBy={({ change, action, pattern }) => `${change} ${action} ${pattern}`}
        ariaLabels={{ tableLabel: 'What changes for whom' }}
        empty={isOver ? nothingWords(subjects.length) : 'Nothing so far.'}
      />
      <div role="status">
        {isOver ? (
          subjects.length > 0 && (
            <span className="td-weak">
              {formatCount(subjects.length)} looked at{unchanged > 0 && `, ${formatCount(unchanged)} without a change`}.
              Everything else that decides about them is as it is now.
            </span>
          )
        ) : (
          <StatusIndicator type="loading">
            Looking at whom it is for: {formatCount(subjects.length)} so far
          </StatusIndicator>
        )}
      </div>
      {lookFurther && isOver && (
        <Button variant="inline-link" onClick={lookFurther}>
          There are more: look at some of them
        </Button>
      )}
    </SpaceBetween>
  )
}

const nothingWords = (looked: number) =>
  looked === 0 ? 'It is for nobody now: it is attached to nothing that could connect.' : 'Nothing changes for anybody.'

const COLUMNS: readonly TableProps.ColumnDefinition<ImpactRow>[] = [
  {
    id: 'change',
    header: 'Change',
    width: 150,
    cell: ({ change }) =>
      change === 'denied' ? (
        <StatusIndicator type="error">Denied now</StatusIndicator>
      ) : (
        <StatusIndicator type="success">Allowed now</StatusIndicator>
      ),
  },
  {
    id: 'what',
    header: 'What',
    isRowHeader: true,
    cell: ({ action, pattern }) => (
      <span className="td-mono">
        {action} <NameText text={pattern} />
      </span>
    ),
  },
  { id: 'whom', header: 'For whom', minWidth: 140, cell: (row) => <Whom {...row} /> },
]

function Whom({ subjects, example: { subject } }: ImpactRow) {
  const more = subjects.length - NAMED
  if (subjects.length === 1 && subject.thingName !== undefined) {
    return (
      <Link href={paths.thing(subject.thingName)}>
        <NameText text={subject.thingName} />
      </Link>
    )
  }
  return <NameText text={`${subjects.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`} />
}
