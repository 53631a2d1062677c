import type { Constraint, Constraints } from './types.ts'

/** A {@link Constraint}, ready to be applied. */
export interface Check {
  readonly min: number | undefined
  readonly max: number | undefined
  readonly whole: boolean
  /** A double, where numbers are written by their types. */
  readonly double: boolean
  readonly pattern: { readonly text: string; readonly regExp: RegExp } | undefined
  readonly values: readonly string[] | undefined
  readonly member: Check | undefined
  readonly key: Check | undefined
  readonly value: Check | undefined
  readonly required: boolean
}

/**
 * Prepares a table of constraints. The result finds a member's check: that of `Structure.member`, else of `member`.
 * @param sdk module whose enums the table names
 * @throws {Error} for the name of an enum that the module does not export
 */
export function readConstraints(
  table: Constraints,
  sdk: object,
): (structure: string, member: string) => Check | undefined {
  const exports = new Map<string, unknown>(Object.entries(sdk))
  const checks = new Map(Object.entries(table).map(([name, constraint]) => [name, compile(constraint, exports)]))
  return (structure, member) => checks.get(`${structure}.${member}`) ?? checks.get(member)
}

function compile(constraint: Constraint, exports: ReadonlyMap<string, unknown>): Check {
  const { min, max, pattern, member, key, value } = constraint
  return {
    min,
    max,
    whole: Number.isInteger(min) && Number.isInteger(max) && constraint.fraction !== true,
    double: constraint.fraction === true,
    pattern: pattern === undefined ? undefined : { text: pattern, regExp: toRegExp(pattern) },
    values: constraint.enumName === undefined ? constraint.enum : valuesOf(constraint.enumName, exports),
    member: member && compile(member, exports),
    key: key && compile(key, exports),
    value: value && compile(value, exports),
    required: constraint.required === true,
  }
}

function valuesOf(name: string, exports: ReadonlyMap<string, unknown>): string[] {
  const values = exports.get(name)
  if (typeof values !== 'object' || values === null) throw new Error(`The SDK module exports no enum ${name}`)
  return Object.values(values).map(String)
}

/** Classes that Java has and JavaScript has not; Java means ASCII by them. */
const JAVA_CLASSES: Readonly<Record<string, string>> = {
  '\\p{Graph}': '!-~',
  '\\p{Cntrl}': '\\x00-\\x1f\\x7f',
  '\\p{Upper}': 'A-Z',
  '\\p{Digit}': '0-9',
}

/**
 * A pattern of the reference as a JavaScript expression over the whole string.
 * The `v` and `u` modes refuse some escapes and ranges that Java allows (`[a-z-_.]`); `u` is used where it is needed,
 * for `\p{…}`.
 */
export function toRegExp(pattern: string): RegExp {
  const source = pattern.replaceAll(/\\p\{(?:Graph|Cntrl|Upper|Digit)\}/g, (name) => JAVA_CLASSES[name] ?? name)
  return new RegExp(`^(?:${source})$`, source.includes('\\p{') ? 'u' : '')
}

/** Rows of a constraint and the members it is for, separated by white space. */
export function constraintTable(rows: readonly (readonly [Constraint, string])[]): Constraints {
  return Object.fromEntries(
    rows.flatMap(([constraint, members]) => members.split(/\s+/).map((name) => [name, constraint])),
  )
}

/** No upper bound. */
export const ANY = Number.POSITIVE_INFINITY

/** A string of `min` to `max` characters. */
export function text(min: number, max: number, pattern?: string): Constraint {
  return { ...(min > 0 && { min }), ...(max < ANY && { max }), ...(pattern !== undefined && { pattern }) }
}

/** Of a number its value; of anything else its length. */
export function range(min: number, max: number): Constraint {
  return { min, max }
}

/** One of the values of an enum that the SDK module exports. */
export function oneOf(enumName: string): Constraint {
  return { enumName }
}
