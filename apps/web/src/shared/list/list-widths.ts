import type { ListColumn } from './list-column.ts'

/** How wide a column is, as the table takes it. */
interface ColumnWidth {
  readonly width?: number
  readonly minWidth?: number
}

/**
 * Widths of columns by their ids: as somebody drew them, else as the columns say. One column takes what is left. Where
 * none is without a width it is the widest, and not the last as with Cloudscape: texts would be cut off there beside a
 * menu that has half of the table to itself.
 * @param visible those that are shown
 * @param drawn in pixels, by id
 */
export function columnWidths<Row>(
  visible: readonly ListColumn<Row>[],
  drawn: Readonly<Record<string, number>>,
): ReadonlyMap<string, ColumnWidth> {
  const given = ({ id, width }: ListColumn<Row>) => drawn[id] ?? width
  const widest = visible.every((column) => given(column) !== undefined)
    ? visible
        .filter(({ id }) => drawn[id] === undefined)
        .reduce<ListColumn<Row> | undefined>(
          (most, column) => ((column.width ?? 0) > (most?.width ?? 0) ? column : most),
          undefined,
        )
    : undefined
  return new Map(
    visible.map((column) => {
      const { minWidth = column === widest ? column.width : undefined } = column
      const width = column === widest ? undefined : given(column)
      return [column.id, { ...(width !== undefined && { width }), ...(minWidth !== undefined && { minWidth }) }]
    }),
  )
}
