import { isJsonArray, JsonObject, type JsonValue } from './value.ts'

/** Keys and array indices from the root down; `[]` is the root. */
export type JsonPath = readonly (string | number)[]

/** The value at a path; undefined where there is none. */
export function getAt(value: JsonValue, path: JsonPath): JsonValue | undefined {
  let current: JsonValue | undefined = value
  for (const step of path) {
    if (typeof step === 'string') current = current instanceof JsonObject ? current.get(step) : undefined
    else current = isJsonArray(current) ? current[step] : undefined
    if (current === undefined) return undefined
  }
  return current
}

/** `['a', 0, 'b c']` → `$.a[0]["b c"]`. */
export function formatPath(path: JsonPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`
    return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
  })
  return `$${steps.join('')}`
}
