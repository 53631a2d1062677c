import type { ReactNode } from 'react'

/** What the longest age in words takes, '59 min ago', in pixels. */
export const AGE_WIDTH = 118

/** A column of a list: data, no state. */
export interface ListColumn<Row> {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** What names the row; one of them does. */
  readonly isRowHeader?: boolean
  /** In pixels; without a width the column takes what is left. Where all have one, the widest takes it. */
  readonly width?: number
  readonly minWidth?: number
  /** Never hidden. */
  readonly isFixed?: boolean
  /** Shown only to those who ask for it. */
  readonly isHiddenAtFirst?: boolean
  /** Of the least worth: in a narrow window shown only to those who ask for it. */
  readonly isHiddenNarrow?: boolean
  /** The name by which the source sorts by it; without one it does not. */
  readonly sortsBy?: string
  /** Where the source does not: orders the rows of a page, which the list says. Ascending; `sort` has the column's id. */
  readonly compare?: (one: Row, other: Row) => number
}
