import type { SecureContextOptions } from 'node:tls'
import type { KafkaProperties } from './kafka-properties.ts'

/** Of a Java key store. */
const JKS_MAGIC = 0xfeedfeed
const JKS_CERTIFICATE = 2

/** "A truststore has at most 65 KB" (AWS IoT developer guide, "Apache Kafka"). */
const MAX_TRUSTSTORE_BYTES = 65_536

const isPem = (text: string): boolean => text.includes('-----BEGIN ')

/**
 * TLS of a producer by its client properties, whose stores are PEM, or Base64 as `get_secret` gives bytes.
 * @throws {Error} that names the property, and says what it may be
 */
export function tlsOf(properties: KafkaProperties): SecureContextOptions {
  return { ...trustOf(properties), ...keyOf(properties) }
}

function trustOf({ 'ssl.truststore': store }: KafkaProperties): SecureContextOptions {
  if (store === undefined) return {}
  if (isPem(store)) return { ca: store }
  const bytes = Buffer.from(store, 'base64')
  if (bytes.length > MAX_TRUSTSTORE_BYTES) throw new Error('ssl.truststore may have 65 KB at most')
  const isJks = bytes.length >= 12 && bytes.readUInt32BE(0) === JKS_MAGIC
  if (!isJks)
    throw new Error('ssl.truststore must be PEM or a Java key store here: convert it with keytool -deststoretype jks')
  return { ca: certificatesOf(bytes).map(pemOf) }
}

function keyOf({
  'ssl.keystore': store,
  'ssl.keystore.password': password,
  'ssl.key.password': keyPassword = password,
}: KafkaProperties): SecureContextOptions {
  if (store === undefined) return {}
  const passphrase = keyPassword === undefined ? {} : { passphrase: keyPassword }
  if (isPem(store)) return { cert: store, key: store, ...passphrase }
  const bytes = Buffer.from(store, 'base64')
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === JKS_MAGIC) {
    throw new Error('ssl.keystore must be PKCS #12 or PEM here: convert it with keytool -deststoretype pkcs12')
  }
  return { pfx: bytes, ...passphrase }
}

const pemOf = (certificate: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`

/** The trusted certificates of a Java key store. @see `sun.security.provider.JavaKeyStore` for its form */
function certificatesOf(store: Buffer): Buffer[] {
  let offset = 4
  const take = (bytes: number) => {
    if (bytes > store.length - offset) throw new Error('ssl.truststore is no whole Java key store')
    offset += bytes
    return store.subarray(offset - bytes, offset)
  }
  const takeText = () => take(take(2).readUInt16BE()).toString()
  const version = take(4).readUInt32BE()
  const certificates: Buffer[] = []
  for (let left = take(4).readUInt32BE(); left > 0; left -= 1) {
    const kind = take(4).readUInt32BE()
    takeText() // its alias
    take(8) // when it was made
    if (kind !== JKS_CERTIFICATE) throw new Error('ssl.truststore must have certificates alone')
    if (version === 2) takeText() // `X.509`
    certificates.push(take(take(4).readUInt32BE()))
  }
  return certificates
}
