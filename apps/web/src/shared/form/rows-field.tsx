import type { ReactNode } from 'react'
import { FieldRow } from './fields.tsx'
import { LineEditor } from './line-editor.tsx'
import type { Field } from './use-form.ts'

interface RowsFieldProps<Row extends object> {
  readonly field: Field<readonly Row[]>
  readonly label: string
  readonly description: string
  /** What each is: `window`. */
  readonly one: string
  /** Said where there is none. */
  readonly empty: string
  /** One that is added. */
  readonly fresh: Row
  /** As many as there may be. */
  readonly most?: number
  readonly parts: readonly {
    readonly label: string
    /** What is wrong with it in a line: said there, once the whole is found to be wrong. */
    readonly error?: (row: Row) => string | undefined
    readonly control: (row: Row, change: (changed: Partial<Row>) => void) => ReactNode
  }[]
}

/** Any number of the same, a line each. */
export function RowsField<Row extends object>(props: RowsFieldProps<Row>) {
  const { field, label, description, one, empty, fresh, most, parts } = props
  const rows = field.value
  const change = (index: number, changed: Partial<Row>) =>
    field.set(rows.map((row, at) => (at === index ? { ...row, ...changed } : row)))
  const isWrong = field.error !== undefined
  const saysWhere = isWrong && parts.some(({ error }) => error && rows.some((row) => error(row) !== undefined))
  // An error of the whole marks each of its parts.
  const whole = saysWhere ? { ...field, error: undefined } : field
  return (
    <FieldRow field={whole} label={label} description={description}>
      <LineEditor
        items={rows}
        addButtonText={`Add ${one}`}
        one={one}
        empty={empty}
        disableAddButton={most !== undefined && rows.length >= most}
        onAddButtonClick={() => field.set([...rows, { ...fresh }])}
        onRemoveButtonClick={({ detail }) => field.set(rows.toSpliced(detail.itemIndex, 1))}
        definition={parts.map(({ control, error, ...part }) => ({
          ...part,
          ...(isWrong && error && { errorText: (row: Row) => error(row) }),
          control: (row: Row, index: number) => control(row, (changed) => change(index, changed)),
        }))}
      />
    </FieldRow>
  )
}
