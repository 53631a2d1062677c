import CollectionPreferences from '@cloudscape-design/components/collection-preferences'
import { capitalised } from '../format.ts'
import { AddColumns } from './add-columns.tsx'
import type { ListColumn } from './list-column.ts'
import type { ListPreference } from './list-preference.ts'
import type { MoreColumns } from './list-props.ts'

interface ListPreferencesProps<Row> {
  readonly one: string
  readonly many: string
  /** Those that can be had at present. */
  readonly columns: readonly ListColumn<Row>[]
  readonly isShown: (column: ListColumn<Row>) => boolean
  readonly preference: ListPreference
  readonly pageSizes: readonly number[] | undefined
  readonly pageSize: number | undefined
  readonly moreColumns: MoreColumns | undefined
  /** @param shown ids of the columns that are shown from now on */
  readonly onChoose: (preference: ListPreference, shown: readonly string[]) => void
}

/** The button for columns, page size and wrapping. */
export function ListPreferences<Row>(props: ListPreferencesProps<Row>) {
  const { one, many, columns, isShown, preference, pageSizes, pageSize, moreColumns, onChoose } = props
  const isAdded = ({ id }: ListColumn<Row>) => moreColumns?.isOne(id) === true
  const own = columns.filter((column) => !isAdded(column))
  const added = columns.filter((column) => isAdded(column) && isShown(column)).map(({ id }) => id)
  const options = own.map(({ id, header, isFixed }) => ({ id, label: header, editable: isFixed !== true }))
  return (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Save"
      cancelLabel="Cancel"
      preferences={{
        ...(pageSize !== undefined && { pageSize }),
        wrapLines: preference.wrapLines,
        visibleContent: own.filter((column) => isShown(column)).map(({ id }) => id),
        custom: added,
      }}
      onConfirm={({ detail }) => {
        const shown = own.map(({ id }) => id).filter((id) => detail.visibleContent?.includes(id) ?? true)
        const more: readonly string[] = detail.custom ?? added
        // Choices about columns that are not to be had at present stay for when they are; what was added and is no more goes.
        const kept = Object.entries(preference.columns).filter(([id]) => moreColumns?.isOne(id) !== true)
        // Of what nobody changed the list decides as before, as by the width of the window.
        const changed = own.filter((column) => shown.includes(column.id) !== isShown(column))
        const chosen = [...changed.map(({ id }) => [id, shown.includes(id)]), ...more.map((id) => [id, true])]
        onChoose(
          {
            ...preference,
            pageSize: detail.pageSize,
            wrapLines: detail.wrapLines ?? false,
            columns: { ...Object.fromEntries(kept), ...Object.fromEntries(chosen) },
          },
          [...shown, ...more],
        )
      }}
      {...(pageSizes && {
        pageSizePreference: {
          title: 'Page size',
          options: pageSizes.map((value) => ({ value, label: `${value} ${many}` })),
        },
      })}
      visibleContentPreference={{
        title: 'Columns',
        options: [{ label: capitalised(one), options }],
      }}
      wrapLinesPreference={{ label: 'Wrap lines', description: 'Show all of a cell instead of its beginning' }}
      {...(moreColumns && {
        customPreference: (value: readonly string[] = [], setValue) => (
          <AddColumns {...moreColumns} added={value} onChange={setValue} />
        ),
      })}
    />
  )
}
