import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import type { PolicyTarget } from '@thingdeck/contract'
import { useMemo } from 'react'
import { formatCheck } from '../../../shared/authorization/check.ts'
import { DecisionChange } from '../../../shared/authorization/decision-change.tsx'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { fewOf } from '../../../shared/text/few-of.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { type ImpactRow, impactOf, isReachedOnce } from '../policy-impact.ts'
import { usePolicySubjects } from '../use-policy-subjects.ts'

interface PolicyImpactProps {
  readonly policyName: string
  /** Whom it is asked for; undefined: they are being read. */
  readonly targets: readonly PolicyTarget[] | undefined
  /** Why they could not be read. */
  readonly error?: Error | null
  /** The text that decides. */
  readonly before: string
  /** The one that would; undefined: the policy would not be attached any more. */
  readonly after: string | undefined
  /** Of all targets only these lose it: whoever has it by another way as well keeps it. */
  readonly isPart?: boolean
}

/** What a change of a policy would mean for whom, as far as one looked; known while one reads. */
export function PolicyImpact({ policyName, targets, error = null, before, after, isPart = false }: PolicyImpactProps) {
  const found = usePolicySubjects(policyName, targets)
  const { subjects, isOver, lookFurther } = found
  const { rows, unchanged } = useMemo(() => {
    const losing = isPart ? subjects.filter((subject) => isReachedOnce(subject, policyName)) : subjects
    const impact = impactOf(losing, policyName, before, after)
    return { ...impact, unchanged: impact.unchanged + subjects.length - losing.length }
  }, [subjects, policyName, before, after, isPart])
  const failure = error ?? found.error
  return (
    <SpaceBetween size="xs">
      {failure && <ErrorAlert error={failure} what="Whom it changes something for could not be told" />}
      <Table
        variant="embedded"
        wrapLines
        items={rows}
        columnDefinitions={COLUMNS}
        trackBy={({ change, actions, pattern }) => `${change} ${actions} ${pattern}`}
        ariaLabels={{ tableLabel: 'What changes for whom' }}
        empty={isOver ? nothingWords(subjects.length) : 'Nothing so far.'}
      />
      <div role="status">
        {isOver
          ? subjects.length > 0 && (
              <span className="td-weak">
                {formatCount(subjects.length)} looked at
                {unchanged > 0 && `, ${formatCount(unchanged)} without a change`}. Everything else that decides about
                them is taken as it is now.
              </span>
            )
          : !failure && (
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
    width: 180,
    cell: ({ change }) => <DecisionChange change={change} />,
  },
  {
    id: 'what',
    header: 'What',
    isRowHeader: true,
    cell: ({ actions, pattern }) => (
      <span className="td-mono">
        {fewOf(actions, MOST_ACTIONS)} <span className="td-weak">on</span>{' '}
        <NameText text={pattern === '*' ? '* (any)' : pattern} />
      </span>
    ),
  },
  { id: 'whom', header: 'For whom', minWidth: 140, cell: (row) => <Whom {...row} /> },
  { id: 'simulate', header: 'Now', width: 110, cell: ({ example }) => <Simulate {...example} /> },
]

const MOST_ACTIONS = 6
const MOST_SUBJECTS = 3

function Whom({ subjects, example: { subject } }: ImpactRow) {
  if (subjects.length > 1 || subject.thingName === undefined) return <NameText text={fewOf(subjects, MOST_SUBJECTS)} />
  return (
    <Link href={paths.thing(subject.thingName)}>
      <NameText text={subject.thingName} />
    </Link>
  )
}

/** Why it is decided as it is now, for one of them. */
function Simulate({ subject: { thingName, facts, clientId }, action, resource }: ImpactRow['example']) {
  const { principal } = facts
  const on = resource === '*' ? '' : resource.slice(resource.indexOf('/') + 1)
  const href = paths.simulator({
    thing: thingName,
    ...(principal.kind === 'certificate'
      ? { certificate: principal.certificateId }
      : { identity: principal.identityId }),
    client: clientId,
    check: [formatCheck({ action, on })],
  })
  return <Link href={href}>Simulate</Link>
}
