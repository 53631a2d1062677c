import Link from '@cloudscape-design/components/link'
import type { ThingType, ThingTypeUse } from '@thingdeck/contract'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { looked, thingsText } from '../../shared/list/looked-cell.tsx'
import { paths } from '../../shared/paths.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { Age } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { ThingTypeState } from './components/thing-type-state.tsx'

export interface ThingTypeRow extends ThingType {
  /** `null`: it is asked for; undefined: it could not be read. */
  readonly use: ThingTypeUse | null | undefined
}

export const COLUMNS: readonly ListColumn<ThingTypeRow>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 240,
    minWidth: 140,
    cell: ({ thingTypeName }) => (
      <Link href={paths.thingType(thingTypeName)}>
        <NameText text={thingTypeName} />
      </Link>
    ),
  },
  { id: 'state', header: 'State', width: 140, minWidth: 110, cell: (type) => <ThingTypeState type={type} /> },
  {
    id: 'things',
    header: 'Things',
    width: 150,
    minWidth: 100,
    cell: ({ thingTypeName, use }) =>
      looked(use, ({ things }) =>
        things.count === 0 ? (
          thingsText(things)
        ) : (
          <Link href={paths.thingType(thingTypeName, { tab: 'things' })}>{thingsText(things)}</Link>
        ),
      ),
  },
  {
    id: 'searchable',
    header: 'Searchable attributes',
    isHiddenNarrow: true,
    width: 200,
    minWidth: 120,
    cell: ({ searchableAttributes }) => searchableAttributes.join(', ') || '–',
  },
  {
    id: 'propagated',
    header: 'Propagated attributes',
    isHiddenNarrow: true,
    width: 200,
    minWidth: 120,
    cell: ({ propagatingAttributes }) =>
      propagatingAttributes.map(({ userPropertyKey }) => userPropertyKey).join(', ') || '–',
  },
  { id: 'description', header: 'Description', minWidth: 160, cell: ({ description }) => description ?? '–' },
  {
    id: 'created',
    header: 'Created',
    width: 130,
    minWidth: 100,
    isHiddenAtFirst: true,
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : <Age atMs={Date.parse(createdAt)} />),
  },
  {
    id: 'arn',
    header: 'ARN',
    minWidth: 220,
    isHiddenAtFirst: true,
    cell: ({ thingTypeArn }) => <Copyable what="ARN" text={thingTypeArn} />,
  },
]
