import type { DestinationConfiguration } from './destination-table.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import type { Secret } from './secrets.ts'

export type InfluxDbDestination = NonNullable<DestinationConfiguration['influxDBConfiguration']>

/** Ports that destinations of InfluxDB may have. @see AWS IoT developer guide, "InfluxDB" */
export const INFLUXDB_PORTS: readonly string[] = ['443', '8443', '8086', '8181']

/** V3 has words for what V2 abbreviates. */
const V3_PRECISION = { s: 'second', ms: 'millisecond', us: 'microsecond', ns: 'nanosecond' } as const

/**
 * The token that a destination's secret has.
 * @throws {Error} where there is no text, or not the member that `secretKey` names
 */
export function readToken({ secretKey }: InfluxDbDestination, { secretString, secretBinary }: Secret): string {
  const text = secretString ?? (secretBinary && Buffer.from(secretBinary).toString())
  if (text === undefined) throw new Error('it is empty')
  if (secretKey === undefined) return text.trim()
  let members: unknown
  try {
    members = JSON.parse(text)
  } catch {
    throw new Error(`it is no JSON, and so has no key ${secretKey}`)
  }
  const isObject = typeof members === 'object' && members !== null && Object.hasOwn(members, secretKey)
  const token = isObject ? (members as Record<string, unknown>)[secretKey] : undefined // it has the member
  if (typeof token !== 'string') throw new Error(`it has no text under the key ${secretKey}`)
  return token
}

const authorization = ({ influxDBVersion }: InfluxDbDestination, token: string) =>
  ['authorization', `${influxDBVersion === 'V3' ? 'Bearer' : 'Token'} ${token}`] as const

const urlOf = ({ endpoint }: InfluxDbDestination, path: string, query: Readonly<Record<string, string>> = {}): URL => {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** A write of line protocol. @see InfluxDB API, `/api/v2/write` and `/api/v3/write_lp` */
export function writeRequest(
  destination: InfluxDbDestination,
  { databaseName, organization }: { readonly databaseName: string; readonly organization?: string | undefined },
  unit: keyof typeof V3_PRECISION,
  token: string,
  lines: Uint8Array,
): OutgoingRequest {
  const url =
    destination.influxDBVersion === 'V3'
      ? urlOf(destination, '/api/v3/write_lp', { db: databaseName, precision: V3_PRECISION[unit] })
      : urlOf(destination, '/api/v2/write', { org: organization ?? '', bucket: databaseName, precision: unit })
  const headers = [authorization(destination, token), ['content-type', 'text/plain; charset=utf-8']] as const
  return { method: 'POST', url, headers, body: lines }
}

/** What AWS asks a new destination, which has to answer 2xx. @see AWS IoT developer guide, "InfluxDB" */
export function probeRequest(destination: InfluxDbDestination, token: string): OutgoingRequest {
  const url =
    destination.influxDBVersion === 'V3'
      ? urlOf(destination, '/api/v3/configure/database', { format: 'json' })
      : urlOf(destination, '/api/v2/me')
  return { method: 'GET', url, headers: [authorization(destination, token)], body: Buffer.alloc(0) }
}
