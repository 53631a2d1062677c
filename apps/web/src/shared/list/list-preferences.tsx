import CollectionPreferences from '@cloudscape-design/components/collection-preferences'
import { capitalised } from '../format.ts'
import type { ListColumn } from './list-column.ts'
import { isVisible, type ListPreference } from './list-preference.ts'

interface ListPreferencesProps<Row> {
  readonly one: string
  readonly many: string
  /** Those that can be had at present. */
  readonly columns: readonly ListColumn<Row>[]
  readonly preference: ListPreference
  readonly pageSizes: readonly number[] | undefined
  readonly pageSize: number | undefined
  readonly onChoose: (preference: ListPreference) => void
}

/** The button for columns, page size and wrapping. */
export function ListPreferences<Row>(props: ListPreferencesProps<Row>) {
  const { one, many, columns, preference, pageSizes, pageSize, onChoose } = props
  const options = columns.map(({ id, header, isFixed }) => ({ id, label: header, editable: isFixed !== true }))
  return (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Save"
      cancelLabel="Cancel"
      preferences={{
        ...(pageSize !== undefined && { pageSize }),
        wrapLines: preference.wrapLines,
        visibleContent: columns.filter((column) => isVisible(preference, column)).map(({ id }) => id),
      }}
      onConfirm={({ detail }) => {
        // Choices about columns that are not to be had at present stay for when they are.
        const chosen = columns.map(({ id }) => [id, detail.visibleContent?.includes(id) ?? true])
        onChoose({
          ...preference,
          pageSize: detail.pageSize,
          wrapLines: detail.wrapLines ?? false,
          columns: { ...preference.columns, ...Object.fromEntries(chosen) },
        })
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
    />
  )
}
