import Link from '@cloudscape-design/components/link'
import type { IamUser } from '@thingdeck/contract'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age } from '../../../shared/time.tsx'

/** Of users of IAM, wherever they are listed. */
export const USER_COLUMNS: readonly ListColumn<IamUser>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 240,
    minWidth: 140,
    cell: ({ userName }) => (
      <Link href={paths.iamUser(userName)}>
        <NameText text={userName} />
      </Link>
    ),
  },
  {
    id: 'id',
    header: 'User id',
    minWidth: 220,
    cell: ({ userId }) => <span className="td-mono">{userId}</span>,
  },
  { id: 'path', header: 'Path', width: 160, cell: ({ path }) => <NameText text={path} /> },
  {
    id: 'created',
    header: 'Created',
    width: 140,
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : <Age atMs={Date.parse(createdAt)} />),
  },
]
