import { type Code, sync } from './code.ts'
import { Frame } from './frame.ts'
import { charge } from './steps.ts'
import { type ArrayValue, isArray, isBinary, isObject, type Value } from './value.ts'

interface QueryParts {
  readonly source: Code
  /** Whether its source is `*`. */
  readonly isWhole: boolean
  readonly where: Code | undefined
  readonly select: Code
}

/**
 * A nested query. Over an Array it has an item for each element that WHERE is true for. The guide and AWS's
 * rule-validation tool disagree on what it is over an Object: from `*` an Array of one, from a path the row itself.
 * Over anything else it is Undefined.
 */
export function queryCode({ source, isWhole, where, select }: QueryParts): Code {
  if (source.isAsync || where?.isAsync || select.isAsync) return asyncQuery({ source, isWhole, where, select })
  const [runSource, runWhere, runSelect] = [source.run, where?.run, select.run]
  return sync((outer) => {
    const value = runSource(outer)
    const elements = elementsOf(value)
    if (elements === undefined) return undefined
    const inner = new Frame(outer.run, undefined, outer)
    const rows: Value[] = []
    for (const element of elements) {
      charge(outer.run, 1)
      inner.row = element
      if (runWhere === undefined || isTrue(runWhere(inner))) addRow(rows, runSelect(inner))
    }
    return resultOf(value, rows, isWhole)
  })
}

function asyncQuery({ source, isWhole, where, select }: QueryParts): Code {
  return {
    isAsync: true,
    run: async (outer) => {
      const value = await source.run(outer)
      const elements = elementsOf(value)
      if (elements === undefined) return undefined
      const inner = new Frame(outer.run, undefined, outer)
      const rows: Value[] = []
      for (const element of elements) {
        charge(outer.run, 1)
        inner.row = element
        if (where === undefined || isTrue(await where.run(inner))) addRow(rows, await select.run(inner))
      }
      return resultOf(value, rows, isWhole)
    },
  }
}

/** WHERE is met by true alone: not by "true", 1, Null or Undefined. */
export function isTrue(value: Value): boolean {
  return value === true
}

function elementsOf(value: Value): ArrayValue | undefined {
  if (isArray(value)) return value
  return isObject(value) ? [value] : undefined
}

/** What is Undefined, or bytes, is no item. */
function addRow(rows: Value[], row: Value): void {
  if (row !== undefined && !isBinary(row)) rows.push(row)
}

function resultOf(source: Value, rows: Value[], isWhole: boolean): Value {
  return isArray(source) || isWhole ? rows : rows[0]
}
