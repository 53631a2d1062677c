/** What a request tells about itself under one key. A list makes the key multivalued, even with one item. */
export type ContextValue = string | number | boolean | readonly (string | number | boolean)[]

/** Context keys and their values; `undefined` means that the key is absent. */
export type ContextEntries =
  | ReadonlyMap<string, ContextValue | undefined>
  | Readonly<Record<string, ContextValue | undefined>>

/**
 * Certificate values with these characters, or longer, are not substituted. AWS IoT guide, "X.509 policy variables".
 */
const NOT_SUBSTITUTED = /[*$+?#]/
const MAX_SUBSTITUTED_LENGTH = 1024

/**
 * The context of a request, made once and asked often. Keys are found without regard to case, as IAM does it; where two
 * keys differ in nothing else, each is found under its own spelling.
 * @see IAM user guide, "Policy variables" and "Condition"
 */
export class PolicyContext {
  readonly #exact = new Map<string, string | readonly string[]>()
  readonly #folded = new Map<string, string | readonly string[]>()

  constructor(entries: ContextEntries = {}) {
    const pairs = entries instanceof Map ? entries : new Map(Object.entries(entries))
    for (const [key, value] of pairs) {
      if (value === undefined) continue
      const text = isList(value) ? value.map(String) : String(value)
      this.#exact.set(key, text)
      const folded = fold(key)
      if (!this.#folded.has(folded)) this.#folded.set(folded, text)
    }
  }

  /** The values of a key: a list if the key is multivalued, `undefined` if it is absent or has no value. */
  get(key: ContextKey): string | readonly string[] | undefined {
    const value = this.#exact.get(key.text) ?? this.#folded.get(key.folded)
    return value?.length === 0 && typeof value !== 'string' ? undefined : value
  }

  /** What stands for `${key}`, or `undefined` if nothing can: the key is absent, multivalued, or not substitutable. */
  substitute(key: ContextKey): string | undefined {
    const value = this.get(key)
    if (typeof value !== 'string') return undefined
    if (!key.folded.startsWith('iot:certificate.')) return value
    return value.length > MAX_SUBSTITUTED_LENGTH || NOT_SUBSTITUTED.test(value) ? undefined : value
  }
}

/** Of a request that tells nothing about itself. */
export const NO_CONTEXT: PolicyContext = new PolicyContext()

/** A context key as a policy spells it, and folded once for lookups. */
export interface ContextKey {
  readonly text: string
  readonly folded: string
}

export function contextKey(text: string): ContextKey {
  return { text, folded: fold(text) }
}

/** AWS's older examples spell `iot:Connection.Thing.ThingName` as `iot:Thing.ThingName`. */
function fold(key: string): string {
  const folded = key.toLowerCase()
  return folded.startsWith('iot:thing.') ? folded.replace('iot:thing.', 'iot:connection.thing.') : folded
}

/** Takes a context as callers have it. */
export function toPolicyContext(context: PolicyContext | ContextEntries): PolicyContext {
  return context instanceof PolicyContext ? context : new PolicyContext(context)
}

function isList(value: ContextValue): value is readonly (string | number | boolean)[] {
  return typeof value === 'object'
}
