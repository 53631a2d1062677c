import type { FieldValue } from './log-record.ts'

export const isTrue = (value: FieldValue): boolean => value === true || value === 'true' || value === 1

/** Undefined for what is no number, nor the text of one. */
export function numberOf(value: FieldValue): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** Numbers by size where both are some, else as texts. Undefined where one is missing. */
export function orderOf(one: FieldValue, other: FieldValue): number | undefined {
  if (one === undefined || one === null || other === undefined || other === null) return undefined
  const [a, b] = [numberOf(one), numberOf(other)]
  if (a !== undefined && b !== undefined) return a - b
  const [left, right] = [String(one), String(other)]
  return left < right ? -1 : left > right ? 1 : 0
}
