import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import type { PolicyDecision, StatementRef } from '@thingdeck/policies'
import { DecisionChange } from '../../../shared/authorization/decision-change.tsx'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import type { RehearsalRow } from '../rehearse.ts'

interface ChangesTableProps {
  readonly policyName: string
  readonly rows: readonly RehearsalRow[]
  /** `the draft` */
  readonly which: string
  readonly defaultVersionId: string
  /** `the log`: where the requests were found. */
  readonly source: string
  readonly isOver: boolean
  /** Left out: what is looked at stays as it is. */
  readonly onRenew?: () => void
}

/** So many rows are drawn; more than that nobody reads one by one. */
const MOST_ROWS = 200

/** Only what is decided otherwise, by client and what was asked for. */
export function ChangesTable(props: ChangesTableProps) {
  const { policyName, rows, which, defaultVersionId, source, isOver, onRenew } = props
  const denied = rows.filter(({ change }) => change === 'denied').length
  return (
    <Table
      variant="container"
      wrapLines
      header={
        <Header
          variant="h2"
          counter={`(${formatCount(rows.length)})`}
          description={
            rows.length === 0
              ? `Between version ${defaultVersionId} and ${which}.`
              : `${formatCount(denied)} would be denied, ${formatCount(rows.length - denied)} allowed, by ${which} in place of version ${defaultVersionId}.`
          }
          actions={onRenew && <Button iconName="refresh" ariaLabel="Read the log up to now" onClick={onRenew} />}
        >
          What would change
        </Header>
      }
      items={rows.slice(0, MOST_ROWS)}
      trackBy={({ request: { action, subject, clientId, principalId } }) =>
        [action, subject, clientId ?? '', principalId].join('\n')
      }
      columnDefinitions={columnsOf(policyName, which)}
      ariaLabels={{ tableLabel: 'What would change' }}
      empty={isOver ? `Nothing that ${source} shows is decided otherwise.` : 'Nothing so far.'}
      footer={rows.length > MOST_ROWS && `The ${formatCount(MOST_ROWS)} most frequent are shown.`}
    />
  )
}

const columnsOf = (policyName: string, which: string): readonly TableProps.ColumnDefinition<RehearsalRow>[] => [
  {
    id: 'change',
    header: 'Change',
    width: 160,
    cell: ({ change }) => <DecisionChange change={change} />,
  },
  {
    id: 'client',
    header: 'Client',
    minWidth: 120,
    cell: ({ request: { clientId, principalId } }) => (
      <NameText text={clientId ?? `${principalId.slice(0, 12)}… (HTTPS)`} />
    ),
  },
  {
    id: 'what',
    header: 'What',
    isRowHeader: true,
    minWidth: 200,
    cell: ({ request: { action, subject } }) => (
      <span className="td-mono">
        {action} <NameText text={subject} />
      </span>
    ),
  },
  {
    id: 'count',
    header: 'Times',
    width: 130,
    cell: ({ request: { count, refused } }) =>
      `${formatCount(count)}${refused > 0 ? ` (${formatCount(refused)} refused)` : ''}`,
  },
  { id: 'why', header: 'Why', minWidth: 200, cell: (row) => whyWords(row, policyName, which) },
  {
    id: 'simulate',
    header: 'Look closer',
    width: 130,
    cell: ({ request: { action, subject, clientId, principalId } }) => (
      <Link
        href={paths.simulator({
          ...(principalId.includes(':') ? { identity: principalId } : { certificate: principalId }),
          client: clientId,
          over: clientId === undefined ? 'https' : 'mqtt',
          check: [`${action} ${subject}`],
          ...(which === 'the draft' && { draft: [policyName] }),
        })}
        ariaLabel={`Simulate ${action} ${subject} of ${clientId ?? principalId}`}
      >
        Simulate
      </Link>
    ),
  },
]

/** The statement that makes the difference. */
function whyWords({ change, before, after }: RehearsalRow, policyName: string, which: string): string {
  if (change === 'allowed') return `Allowed by ${statements(after.allowed, policyName, which)}.`
  if (after.denied.length > 0) return `Denied by ${statements(after.denied, policyName, which)}.`
  return `Allowed now by ${statements(before.allowed, policyName, 'the default version')}; nothing allows it by ${which}${missing(after)}.`
}

const missing = ({ missingContextValues }: PolicyDecision): string =>
  missingContextValues.length === 0 ? '' : `, without a value for ${missingContextValues.join(', ')}`

function statements(refs: readonly StatementRef[], policyName: string, which: string): string {
  return refs
    .map(({ policyName: name, statementIndex, sid }) => {
      const where = name === policyName ? which : name
      return `statement ${statementIndex + 1}${sid ? ` (${sid})` : ''} of ${where}`
    })
    .join(' and ')
}
