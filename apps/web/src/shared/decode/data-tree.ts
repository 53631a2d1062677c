/**
 * A decoded payload, whatever it was encoded with, without loss: numbers keep their digits, byte strings their bytes,
 * keys their order, type and repetitions. JSON needs only some of these kinds; CBOR and MessagePack all.
 */
export type DataTree =
  | { readonly kind: 'null' | 'undefined' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** As written in JSON; else the shortest text of the number: `4.2`, `18446744073709551615`, `NaN`, `Infinity`. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'array'; readonly items: readonly DataTree[] }
  | { readonly kind: 'map'; readonly entries: readonly DataEntry[] }
  /** CBOR tag (RFC 8949 §3.4): `label` says what it means where it is known, e.g. `2026-11-22T06:45:00Z`. */
  | { readonly kind: 'tag'; readonly tag: string; readonly value: DataTree; readonly label?: string }
  /** MessagePack extension (type -128 … 127); `label` for the timestamp (type -1). */
  | { readonly kind: 'extension'; readonly type: number; readonly value: Uint8Array; readonly label?: string }
  /** CBOR simple value without a meaning of its own (RFC 8949 §3.3). */
  | { readonly kind: 'simple'; readonly value: number }

/**
 * The step of a path that leads to a member: its key, when that is a text or a whole number that a double holds. Undefined:
 * no path leads there.
 */
export function keyStep(key: DataTree): string | number | undefined {
  if (key.kind === 'string') return key.value
  const number = key.kind === 'number' && /^-?\d+$/.test(key.text) ? Number(key.text) : Number.NaN
  return Number.isSafeInteger(number) ? number : undefined
}

/** Keys are values too: CBOR and MessagePack know maps from numbers. In JSON they are strings. */
export interface DataEntry {
  readonly key: DataTree
  readonly value: DataTree
}
