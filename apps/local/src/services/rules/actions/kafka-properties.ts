import { isLoopback } from '@thingdeck/rule-actions'
import { invalidRequest } from '../../../foundation/errors.ts'

const TEXT = /^[\s\S]*$/

/**
 * Client properties that a Kafka action may have, with what each may be.
 * @see AWS IoT developer guide, "Apache Kafka", "Client properties"
 */
const PROPERTIES: ReadonlyMap<string, RegExp> = new Map([
  ['acks', /^(-1|0|1|all)$/],
  ['bootstrap.servers', /^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$/],
  ['compression.type', /^(none|gzip|snappy|lz4|zstd)$/],
  ['security.protocol', /^(SSL|SASL_SSL|PLAINTEXT|SASL_PLAINTEXT)$/],
  ['key.serializer', /^org\.apache\.kafka\.common\.serialization\.StringSerializer$/],
  ['value.serializer', /^org\.apache\.kafka\.common\.serialization\.ByteBufferSerializer$/],
  ['ssl.truststore', TEXT],
  ['ssl.truststore.password', TEXT],
  ['ssl.keystore', TEXT],
  ['ssl.keystore.password', TEXT],
  ['ssl.key.password', TEXT],
  ['sasl.mechanism', /^(PLAIN|SCRAM-SHA-512)$/],
  ['sasl.plain.username', TEXT],
  ['sasl.plain.password', TEXT],
  ['sasl.scram.username', TEXT],
  ['sasl.scram.password', TEXT],
])

/** What each is where it is not given. */
const DEFAULTS = { acks: '1', 'compression.type': 'none', 'security.protocol': 'SSL' } as const

/** By name, as the rule or a message gives them. */
export type KafkaProperties = Readonly<Record<string, string>>

const hasTemplate = (text: string): boolean => text.includes('${')

/**
 * What a rule may say of its producer; values that have templates are looked at when they are known.
 * @throws {AwsError} InvalidRequestException that names the property
 */
export function checkKafkaProperties(properties: KafkaProperties, place: string): void {
  const refuse = (name: string, why: string) => invalidRequest(`${place}.clientProperties: ${name} ${why}.`)
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('sasl.kerberos')) throw refuse(name, 'is of Kerberos, which this server does not speak')
    const pattern = PROPERTIES.get(name)
    if (!pattern) throw refuse(name, `is no property of a producer: they are ${[...PROPERTIES.keys()].join(', ')}`)
    if (hasTemplate(value)) continue
    if (name === 'sasl.mechanism' && value === 'GSSAPI') {
      throw refuse(name, 'GSSAPI is Kerberos, which this server does not speak: it speaks PLAIN and SCRAM-SHA-512')
    }
    if (!pattern.test(value)) throw refuse(name, `cannot be ${value}`)
  }
  for (const name of neededBy({ ...DEFAULTS, ...properties })) {
    if (properties[name] === undefined) throw refuse(name, 'is needed')
  }
  const why = Object.values(properties).some(hasTemplate) ? undefined : whyNotServers({ ...DEFAULTS, ...properties })
  if (why !== undefined) throw refuse('bootstrap.servers', why)
}

function neededBy({ 'security.protocol': protocol, 'sasl.mechanism': mechanism }: KafkaProperties): readonly string[] {
  const sasl =
    mechanism === 'PLAIN'
      ? ['sasl.plain.username', 'sasl.plain.password']
      : mechanism === 'SCRAM-SHA-512'
        ? ['sasl.scram.username', 'sasl.scram.password']
        : []
  return [
    'bootstrap.servers',
    ...(protocol === 'SSL' ? ['ssl.keystore', 'ssl.keystore.password'] : []),
    ...(protocol?.startsWith('SASL') ? ['sasl.mechanism', ...sasl] : []),
  ]
}

/** AWS sends to ports 9000 to 9100, and in TLS; addresses of this machine may have any port, and go without. */
function whyNotServers(properties: KafkaProperties): string | undefined {
  const isPlain = properties['security.protocol']?.endsWith('PLAINTEXT') === true
  for (const { host, port } of serversOf(properties)) {
    if (isLoopback(host)) continue
    if (isPlain) return `cannot be ${host} without TLS, but for loopback addresses`
    if (port < 9000 || port > 9100) return `must have ports from 9000 to 9100, but for loopback addresses`
  }
  return undefined
}

const serversOf = (properties: KafkaProperties): { readonly host: string; readonly port: number }[] =>
  (properties['bootstrap.servers'] ?? '').split(',').map((server) => {
    const [host = '', port] = server.split(':')
    return { host, port: Number(port) }
  })

/** What a producer is made of, once every value is known. */
export interface KafkaSettings {
  readonly servers: readonly { readonly host: string; readonly port: number }[]
  readonly acks: -1 | 0 | 1
  readonly compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'
  readonly isTls: boolean
  readonly sasl:
    | { readonly mechanism: 'PLAIN' | 'SCRAM-SHA-512'; readonly username: string; readonly password: string }
    | undefined
}

/** @throws {Error} that names the property whose value fits nothing */
export function readKafkaProperties(given: KafkaProperties): KafkaSettings {
  const properties: KafkaProperties = { ...DEFAULTS, ...given }
  for (const [name, value] of Object.entries(properties)) {
    // Not its value, which may be a secret.
    if (!PROPERTIES.get(name)?.test(value))
      throw new Error(`the client property ${name} has a value that it cannot have`)
  }
  const why = whyNotServers(properties)
  if (why !== undefined) throw new Error(`bootstrap.servers ${why}`)
  const { acks, 'security.protocol': protocol = '', 'sasl.mechanism': mechanism } = properties
  const kind = mechanism === 'PLAIN' ? 'plain' : 'scram'
  return {
    servers: serversOf(properties),
    acks: acks === '0' ? 0 : acks === '1' ? 1 : -1,
    // Both were matched above.
    compression: properties['compression.type'] as KafkaSettings['compression'],
    isTls: protocol.endsWith('SSL'),
    sasl: protocol.startsWith('SASL')
      ? {
          mechanism: mechanism as 'PLAIN' | 'SCRAM-SHA-512',
          username: properties[`sasl.${kind}.username`] ?? '',
          password: properties[`sasl.${kind}.password`] ?? '',
        }
      : undefined,
  }
}
