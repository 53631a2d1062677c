import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { PolicyUse } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { looked } from '../../shared/list/looked-cell.tsx'
import { paths } from '../../shared/paths.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { Age } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'

export interface PolicyRow {
  readonly policyName: string
  readonly policyArn: string
  /** `null`: it is asked for; undefined: it could not be read. */
  readonly use: PolicyUse | null | undefined
}

export const COLUMNS: readonly ListColumn<PolicyRow>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 320,
    minWidth: 160,
    cell: ({ policyName }) => (
      <Link href={paths.policy(policyName)}>
        <NameText text={policyName} />
      </Link>
    ),
  },
  {
    id: 'targets',
    header: 'Attached to',
    width: 190,
    minWidth: 130,
    cell: ({ policyName, use }) => looked(use, (each) => <Targets policyName={policyName} use={each} />),
  },
  {
    id: 'version',
    header: 'Default version',
    width: 140,
    minWidth: 90,
    cell: ({ use }) => looked(use, ({ defaultVersionId }) => defaultVersionId),
  },
  {
    id: 'changed',
    header: 'Changed',
    width: 150,
    minWidth: 110,
    cell: ({ use }) => looked(use, ({ changedAt }) => changedAt && <Age atMs={Date.parse(changedAt)} />),
  },
  {
    id: 'arn',
    header: 'ARN',
    minWidth: 220,
    isHiddenAtFirst: true,
    cell: ({ policyArn }) => <Copyable what="ARN" text={policyArn} />,
  },
]

function Targets({ policyName, use }: { readonly policyName: string; readonly use: PolicyUse }) {
  if (use.targets === 0) return <StatusIndicator type="warning">Not used</StatusIndicator>
  return <Link href={paths.policy(policyName, { tab: 'targets' })}>{targetCount(use)}</Link>
}

/** `1 target`, `12 targets`, `more than 250 targets`. */
const targetCount = ({ targets, hasMoreTargets }: Pick<PolicyUse, 'targets' | 'hasMoreTargets'>): string =>
  `${hasMoreTargets ? 'more than ' : ''}${formatCount(targets)} ${targets === 1 ? 'target' : 'targets'}`
