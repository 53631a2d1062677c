/**
 * Search parameters as people write them: `?q=pump&s=1:dt/%23&s=0:cmd/%23`. A name that occurs once is a string, one
 * that occurs more often a list; each route's own schema (`validateSearch`) makes them what it needs.
 */
export type RawSearch = Record<string, unknown>

export function parseSearch(text: string): RawSearch {
  const raw = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(text)) {
    const before = raw.get(name)
    raw.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(raw)
}

/** The text with its `?`, or nothing. Absent and empty values are left out; `/`, `:` and `,` stay legible. */
export function stringifySearch(search: RawSearch): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '' && item !== false) params.append(name, String(item))
    }
  }
  const text = params.toString().replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** The first value as text; undefined when absent or empty. */
export function textParam(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first !== '' ? first : undefined
}

export function listParam(value: unknown): readonly string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string' && item !== '')
  return list.length === 0 ? undefined : list
}

/** A version as AWS numbers those of policies, as text; undefined for what is none. */
export function versionParam(value: unknown): string | undefined {
  const text = textParam(value)
  return text !== undefined && /^\d{1,9}$/.test(text) ? text : undefined
}

/** A whole number of at least `least`, else undefined. */
export function integerParam(value: unknown, least: number): number | undefined {
  const number = Number(textParam(value) ?? value)
  return Number.isSafeInteger(number) && number >= least ? number : undefined
}

/** A time, as ISO 8601; undefined for what is none. */
export function timeParam(value: unknown): string | undefined {
  const atMs = Date.parse(textParam(value) ?? '')
  return Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString()
}

export function choiceParam<const T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  const text = textParam(value)
  return choices.find((choice) => choice === text)
}

/** Leaves out what is undefined, as `exactOptionalPropertyTypes` wants it. */
export function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // `fromEntries` forgets which names there were; none is added and none but the undefined ones is taken away.
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never
}
