export interface ReadText {
  readonly text: string
  /** As people call it: `UTF-8`. */
  readonly encoding: 'UTF-8' | 'UTF-16 (little-endian)' | 'UTF-16 (big-endian)' | 'Windows-1252'
  /** Nothing in the file says so: it is what is left when it is no UTF-8. */
  readonly isGuessed: boolean
}

/**
 * The text of a file, by its byte order mark, or as UTF-8, or as what spreadsheets on Windows write.
 * @see Encoding Standard, "BOM sniff"
 */
export function readText(bytes: Uint8Array): ReadText {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decoded('UTF-16 (little-endian)', 'utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return decoded('UTF-16 (big-endian)', 'utf-16be', bytes)
  const unmarked = unmarkedUtf16(bytes)
  if (unmarked !== undefined) return { ...unmarked, isGuessed: true }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8', isGuessed: false }
  } catch {
    return { ...decoded('Windows-1252', 'windows-1252', bytes), isGuessed: true }
  }
}

function decoded(encoding: ReadText['encoding'], label: string, bytes: Uint8Array): ReadText {
  return { text: new TextDecoder(label).decode(bytes), encoding, isGuessed: false }
}

/** Every other byte of an English header is null in UTF-16, and none is in UTF-8. */
function unmarkedUtf16(bytes: Uint8Array): ReadText | undefined {
  const start = bytes.subarray(0, 64)
  if (start.length < 4) return undefined
  const nulls = (offset: number) => start.filter((byte, index) => index % 2 === offset && byte === 0).length
  if (nulls(1) * 2 >= start.length - 1 && nulls(0) === 0) return decoded('UTF-16 (little-endian)', 'utf-16le', bytes)
  if (nulls(0) * 2 >= start.length - 1 && nulls(1) === 0) return decoded('UTF-16 (big-endian)', 'utf-16be', bytes)
  return undefined
}
