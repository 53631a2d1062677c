import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { CommandLook, CommandSummary } from '@thingdeck/contract'
import { ExecutionStatus } from '../../../shared/command-executions/execution-status.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { looked } from '../../../shared/list/looked-cell.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { TwoLines } from '../../../shared/text/two-lines.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { commandStatus } from '../words/status.ts'

export interface CommandRow extends CommandSummary {
  /** `null`: it is asked for; undefined: it could not be read. */
  readonly look: CommandLook | null | undefined
}

const age = (time: string | undefined) => time && <Age atMs={Date.parse(time)} />

export const COLUMNS: readonly ListColumn<CommandRow>[] = [
  {
    id: 'command',
    header: 'Command',
    isRowHeader: true,
    isFixed: true,
    width: 260,
    minWidth: 160,
    cell: ({ commandId, displayName, look }) => (
      <>
        <Link href={paths.command(commandId)}>
          <NameText text={commandId} />
        </Link>
        {(displayName ?? look?.description) !== undefined && <TwoLines text={displayName ?? look?.description ?? ''} />}
      </>
    ),
  },
  {
    id: 'status',
    header: 'State',
    width: 150,
    minWidth: 120,
    cell: (row) => <StatusIndicator type={commandStatus(row).type}>{commandStatus(row).words}</StatusIndicator>,
  },
  {
    id: 'parameters',
    header: 'Parameters',
    width: 200,
    minWidth: 120,
    cell: ({ look }) =>
      looked(look, ({ parameters, payload }) =>
        parameters.length === 0 ? (
          <span className="td-weak">{payload ? 'None: always the same' : 'None'}</span>
        ) : (
          <span className="td-mono">{visible(parameters.map(({ name }) => name).join(', '))}</span>
        ),
      ),
  },
  {
    id: 'last',
    header: 'Last sent',
    width: 220,
    minWidth: 140,
    cell: ({ commandId, look }) =>
      looked(
        look,
        ({ lastRun }) =>
          lastRun && (
            <>
              <Link href={paths.command(commandId, { tab: 'executions' })}>
                <ExecutionStatus status={lastRun.status} />
              </Link>
              <div className="td-weak">{age(lastRun.createdAt)}</div>
            </>
          ),
      ),
  },
  { id: 'created', header: 'Created', width: 120, minWidth: 90, cell: ({ createdAt }) => age(createdAt) },
  {
    id: 'changed',
    header: 'Changed',
    width: 120,
    minWidth: 90,
    isHiddenAtFirst: true,
    cell: ({ lastUpdatedAt }) => age(lastUpdatedAt),
  },
  {
    id: 'arn',
    header: 'ARN',
    minWidth: 260,
    isHiddenAtFirst: true,
    cell: ({ commandArn }) => <Copyable what="ARN" text={commandArn} />,
  },
]
