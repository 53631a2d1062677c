/** A range of addresses: the first `prefixLength` bits of `words`, which are 2 (IPv4) or 8 (IPv6) words of 16 bits. */
export interface IpRange {
  readonly words: readonly number[]
  readonly prefixLength: number
}

/**
 * Parses `203.0.113.0/24`, `2001:db8::/32` or a single address; `undefined` if it is none. Bits behind the prefix do
 * not count. An IPv4 address written as IPv6 (`::ffff:203.0.113.7`), as sockets report it, is taken for IPv4.
 * @see RFC 4291 §2.2, RFC 4632 §3.1
 */
export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/')
  const words = parseIpAddress(slash < 0 ? text : text.slice(0, slash))
  if (!words) return undefined
  const bits = words.length * 16
  if (slash < 0) return { words, prefixLength: bits }
  const prefix = text.slice(slash + 1)
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return undefined
  return { words, prefixLength: Number(prefix) }
}

/** Parses one address into words of 16 bits: 2 for IPv4, 8 for IPv6; `undefined` if it is none. */
export function parseIpAddress(text: string): readonly number[] | undefined {
  if (!text.includes(':')) return parseIpv4(text)
  const words = parseIpv6(text)
  const mapped = words?.[5] === 0xffff && words.slice(0, 5).every((word) => word === 0)
  return mapped ? words?.slice(6) : words
}

/** Whether the address lies in the range. The two families have nothing in common. */
export function ipRangeContains(range: IpRange, address: readonly number[]): boolean {
  if (range.words.length !== address.length) return false
  return address.every((word, index) => {
    const bits = Math.min(Math.max(range.prefixLength - index * 16, 0), 16)
    const mask = (0xffff << (16 - bits)) & 0xffff
    return ((word ^ (range.words[index] ?? 0)) & mask) === 0
  })
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number)
  return Math.max(a, b, c, d) > 255 ? undefined : [a * 256 + b, c * 256 + d]
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1))
  if (!head) return undefined
  if (halves.length === 1) return head.length === 8 ? head : undefined
  if (!tail || head.length + tail.length > 7) return undefined
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail]
}

/** `db8:1` → two words; the last group of an address may be written as IPv4. */
function parseGroups(text: string, atEnd: boolean): number[] | undefined {
  if (text === '') return []
  const words: number[] = []
  const groups = text.split(':')
  for (const [index, group] of groups.entries()) {
    const ipv4 = atEnd && index === groups.length - 1 && group.includes('.') ? parseIpv4(group) : undefined
    if (ipv4) words.push(...ipv4)
    else if (/^[0-9a-fA-F]{1,4}$/.test(group)) words.push(Number.parseInt(group, 16))
    else return undefined
  }
  return words
}
