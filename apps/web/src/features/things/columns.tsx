import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences'
import Link from '@cloudscape-design/components/link'
import type { TableProps } from '@cloudscape-design/components/table'
import type { Thing } from '@thingdeck/contract'
import { paths } from '../../shared/paths.ts'
import { Copyable } from '../../shared/ui/copyable.tsx'

export const COLUMNS: readonly TableProps.ColumnDefinition<Thing>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    width: 220,
    minWidth: 140,
    cell: ({ thingName }) => <Link href={paths.thing(thingName)}>{thingName}</Link>,
  },
  { id: 'type', header: 'Type', width: 150, minWidth: 100, cell: ({ thingTypeName }) => thingTypeName ?? '–' },
  {
    id: 'attributes',
    header: 'Attributes',
    width: 340,
    minWidth: 160,
    cell: ({ attributes }) =>
      Object.entries(attributes)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', ') || '–',
  },
  {
    id: 'arn',
    header: 'ARN',
    minWidth: 240,
    cell: ({ thingArn }) => <Copyable what="ARN" text={thingArn} />,
  },
  { id: 'version', header: 'Registry version', cell: ({ version }) => version },
]

export const VISIBLE_CONTENT: CollectionPreferencesProps.VisibleContentPreference = {
  title: 'Columns',
  options: [
    {
      label: 'Thing',
      options: [
        { id: 'name', label: 'Name', editable: false },
        { id: 'type', label: 'Type' },
        { id: 'attributes', label: 'Attributes' },
        { id: 'arn', label: 'ARN' },
        { id: 'version', label: 'Registry version' },
      ],
    },
  ],
}

/** AWS gives at most 250 at a time. */
export const PAGE_SIZES: CollectionPreferencesProps.PageSizePreference = {
  title: 'Page size',
  options: [25, 50, 100, 250].map((value) => ({ value, label: `${value} things` })),
}

export const DEFAULT_PREFERENCES: CollectionPreferencesProps.Preferences = {
  pageSize: 50,
  wrapLines: false,
  visibleContent: ['name', 'type', 'attributes', 'arn'],
}
