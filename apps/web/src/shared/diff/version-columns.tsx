import Badge from '@cloudscape-design/components/badge'
import type { TableProps } from '@cloudscape-design/components/table'
import type { Action } from '../action/action.ts'
import { ActionMenu } from '../action/action-buttons.tsx'
import { Age } from '../time.tsx'

/** A version of a document that AWS keeps some of. */
interface Version {
  readonly versionId: string | number
  readonly isDefault: boolean
  /** ISO 8601 */
  readonly createdAt?: string | undefined
}

/** Which version it is, since when, and what can be done with it. */
export const versionColumns = <Shown extends Version>(
  actionsOf: (version: Shown) => readonly Action[],
): TableProps.ColumnDefinition<Shown>[] => [
  {
    id: 'version',
    header: 'Version',
    isRowHeader: true,
    cell: ({ versionId, isDefault }) => (
      <>
        {versionId} {isDefault && <Badge color="green">default</Badge>}
      </>
    ),
  },
  {
    id: 'created',
    header: 'Created',
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : <Age atMs={Date.parse(createdAt)} />),
  },
  {
    id: 'actions',
    header: 'Actions',
    width: 90,
    cell: (version) => <ActionMenu label={`Actions for version ${version.versionId}`} actions={actionsOf(version)} />,
  },
]
