import Link from '@cloudscape-design/components/link'
import type { ThingGroupLook, ThingGroupRef } from '@thingdeck/contract'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { looked, thingsText } from '../../shared/list/looked-cell.tsx'
import { paths } from '../../shared/paths.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { ThingGroupKind } from './components/thing-group-kind.tsx'

export interface ThingGroupRow extends ThingGroupRef {
  /** `null`: it is asked for; undefined: it could not be read. */
  readonly look: ThingGroupLook | null | undefined
}

export const COLUMNS: readonly ListColumn<ThingGroupRow>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 340,
    minWidth: 180,
    cell: ({ thingGroupName }) => (
      <Link href={paths.thingGroup(thingGroupName)}>
        <NameText text={thingGroupName} />
      </Link>
    ),
  },
  {
    id: 'place',
    header: 'Below',
    width: 220,
    minWidth: 120,
    cell: ({ look }) => looked(look, ({ parents }) => parents.join(' › ') || undefined),
  },
  {
    id: 'kind',
    header: 'Kind',
    width: 150,
    minWidth: 100,
    cell: ({ look }) => looked(look, (each) => <ThingGroupKind group={each} />),
  },
  {
    id: 'things',
    header: 'Things',
    width: 150,
    minWidth: 120,
    cell: ({ thingGroupName, look }) =>
      looked(look, ({ things }) =>
        things.count === 0 ? (
          thingsText(things)
        ) : (
          <Link href={paths.thingGroup(thingGroupName, { tab: 'things' })}>{thingsText(things)}</Link>
        ),
      ),
  },
  {
    id: 'description',
    header: 'Description',
    minWidth: 160,
    cell: ({ look }) =>
      looked(look, ({ description, queryString }) => description ?? (queryString && <code>{queryString}</code>)),
  },
  {
    id: 'arn',
    header: 'ARN',
    minWidth: 220,
    isHiddenAtFirst: true,
    cell: ({ thingGroupArn }) => <Copyable what="ARN" text={thingGroupArn} />,
  },
]

export const ALL_COLUMNS: readonly string[] = COLUMNS.map(({ id }) => id)
/** In the tree a group's place is seen. */
export const TREE_COLUMNS = ALL_COLUMNS.filter((id) => id !== 'place')
