import type { Observed } from './observation.ts'
import { underscored } from './prefix.ts'

/** What differs from account to account, and from run to run. */
export interface Particulars {
  readonly prefix: string
  readonly account: string
  readonly region: string
  /** Host names of the account's endpoints. */
  readonly hosts: readonly string[]
}

/** Seconds and milliseconds since 1970, from 2017 to 2099. */
const isTime = (value: number) => (value > 1.5e9 && value < 4.1e9) || (value > 1.5e12 && value < 4.1e12)

const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const SHA_256 = /\b[0-9a-f]{64}\b/g
const PEM = /-{5}BEGIN ([A-Z ]+)-{5}[\s\S]+?-{5}END \1-{5}\n?/g

/**
 * What was observed, with names, ids and times as words: `P-pump`, `ACCOUNT`, `TIME`. Two runs of which each saw the same
 * are the same text.
 */
export function normalise(value: unknown, particulars: Particulars): Observed {
  const { prefix, account, region, hosts } = particulars
  const text = (raw: string): string =>
    hosts
      .reduce((each, host) => each.replaceAll(host, 'ENDPOINT'), raw)
      .replaceAll(prefix, 'P-')
      .replaceAll(underscored(prefix), 'P_')
      .replaceAll(account, 'ACCOUNT')
      .replaceAll(region, 'REGION')
      .replace(PEM, 'PEM $1')
      .replace(SHA_256, 'SHA256')
      .replace(UUID, 'UUID')
      .replace(ISO_TIME, 'TIME')
      .replace(/(\w)\1{19,}/g, '$1…')
  const read = (each: unknown): Observed => {
    if (each === null || typeof each === 'boolean') return each
    if (typeof each === 'string') return text(each)
    if (typeof each === 'number') return isTime(each) ? 'TIME' : each
    if (each instanceof Date) return 'TIME'
    if (each instanceof Uint8Array) return read(parsed(Buffer.from(each).toString()))
    if (Array.isArray(each)) return each.map(read)
    if (typeof each === 'object') {
      const members = Object.entries(each).filter(([name, member]) => name !== '$metadata' && member !== undefined)
      return Object.fromEntries(members.map(([name, member]) => [text(name), read(member)]))
    }
    return String(each)
  }
  return read(value)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}
