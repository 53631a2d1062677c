import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectTcp, createServer } from 'node:net'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { CreateKeysAndCertificateCommand, IoTClient } from '@aws-sdk/client-iot'
import { afterAll, describe, expect, test } from 'vitest'
import { SECURITY_POLICIES } from '../src/doors/security-policies.ts'
import type { SecurityPolicyName } from '../src/foundation/security-policy-name.ts'
import { type Local, startLocal } from '../src/index.ts'
import { attachNewPolicy } from './support/device.ts'
import { connectDevice } from './support/mqtt-client.ts'

// Every suite is shaken hands with, by OpenSSL as Node has it.

const started = new Map<SecurityPolicyName, Promise<Local>>()
const DEFAULT = 'IoTSecurityPolicy_TLS13_1_2_2022_10'

function serverWith(securityPolicy: SecurityPolicyName): Promise<Local> {
  const server = started.get(securityPolicy) ?? startLocal({ securityPolicy })
  started.set(securityPolicy, server)
  return server
}

afterAll(async () => {
  for (const server of started.values()) await (await server).close()
})

/** @returns the socket once the handshake is done and the server's chain is good for `localhost` */
async function shakeHands(
  local: Local,
  options: ConnectionOptions & { readonly port?: number },
): Promise<TLSSocket & AsyncDisposable> {
  const port = Number(new URL(local.urls.https).port)
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: local.rootCa, ...options })
  await once(socket, 'secureConnect')
  return Object.assign(socket, {
    [Symbol.asyncDispose]: async () => {
      socket.destroy()
    },
  })
}

const rsaRootOf = async (local: Local): Promise<string> =>
  (await fetch(`${local.urls.http}/_local/root-ca-rsa.pem`)).text()

/** All certificates that a server sends, its own first. */
function chainOf(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = []
  for (let peer = socket.getPeerX509Certificate(); peer; peer = peer.issuerCertificate) {
    chain.push(peer)
    if (peer.issuerCertificate?.raw.equals(peer.raw)) break
  }
  return chain
}

const ROWS = (Object.keys(SECURITY_POLICIES) as SecurityPolicyName[]).flatMap((name) => {
  const { tls13, ecdsa, rsa } = SECURITY_POLICIES[name]
  return [
    ...Object.keys(tls13).map((suite) => [name, suite, 'TLSv1.3', 'ec'] as const),
    ...Object.keys(ecdsa).map((suite) => [name, suite, 'TLSv1.2', 'ec'] as const),
    ...Object.keys(rsa).map((suite) => [name, suite, 'TLSv1.2', 'rsa'] as const),
  ]
})

describe('AWS’s security policies', () => {
  test.each(ROWS)('%s: %s', async (policy, suite, version, keyType) => {
    const local = await serverWith(policy)
    await using socket = await shakeHands(local, { ciphers: suite, minVersion: version, maxVersion: version })
    expect(socket.getCipher().name).toBe(suite)
    expect(socket.getProtocol()).toBe(version)
    expect(socket.getPeerX509Certificate()?.publicKey.asymmetricKeyType).toBe(keyType)
  })

  test('the default has the 18 suites for TLS 1.2 that AWS lists, twelve of them for RSA, and the three of TLS 1.3', () => {
    const { tls13, ecdsa, rsa } = SECURITY_POLICIES[DEFAULT]
    expect([tls13, ecdsa, rsa].map((suites) => Object.keys(suites).length)).toEqual([3, 6, 12])
  })

  test.each([
    ['a client of TLS 1.2', 'IoTSecurityPolicy_TLS13_1_3_2022_10', { maxVersion: 'TLSv1.2' }],
    ['a client of TLS 1.3', 'IoTSecurityPolicy_TLS12_1_2_2022_10', { minVersion: 'TLSv1.3' }],
    ['TLS 1.1', DEFAULT, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
    ['a suite that AWS has not', DEFAULT, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-CHACHA20-POLY1305' }],
    ['DHE under the default', DEFAULT, { maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES256-SHA' }],
  ] as const)('%s is refused by %s', async (_, policy, options) => {
    const local = await serverWith(policy)
    await expect(shakeHands(local, options)).rejects.toThrow(/alert|handshake|version|reset/i)
  })

  test('a name that AWS does not have is refused with the names that it has', async () => {
    const { readSecurityPolicy } = await import('../src/config.ts')
    expect(() => readSecurityPolicy('TLS13_1_3_2022_10')).toThrow(
      /one of IoTSecurityPolicy_TLS13_1_3_2022_10, .*not "TLS13_1_3_2022_10"/,
    )
  })
})

/** What firmware offers whose TLS library was built without elliptic-curve signatures. */
const RSA_ALONE = 'RSA-PSS+SHA256:RSA+SHA256:RSA+SHA384'

describe('clients that check no ECDSA signature', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s: they see nothing but RSA below their own root', async (version) => {
    const local = await serverWith(DEFAULT)
    const ca = await rsaRootOf(local)
    await using socket = await shakeHands(local, {
      ca,
      sigalgs: RSA_ALONE,
      minVersion: version,
      maxVersion: version,
    })
    const [server, ...rest] = chainOf(socket)
    expect(server?.publicKey.asymmetricKeyType).toBe('rsa')
    expect(server?.verify(new X509Certificate(ca).publicKey)).toBe(true)
    expect(rest).toEqual([]) // the root is not sent, and nothing else that they might stumble over
  })

  test('others that have no ECDSA suite may trust either root', async () => {
    const local = await serverWith(DEFAULT)
    for (const ca of [local.rootCa, await rsaRootOf(local)]) {
      await using socket = await shakeHands(local, { ca, ciphers: 'AES256-SHA', maxVersion: 'TLSv1.2' })
      expect(socket.authorized).toBe(true)
    }
  })

  test('who takes both gets ECDSA, whoever asked before', async () => {
    const local = await serverWith(DEFAULT)
    await rsaRootOf(local)
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      await using socket = await shakeHands(local, { maxVersion })
      expect(socket.getPeerX509Certificate()?.publicKey.asymmetricKeyType).toBe('ec')
    }
  })

  test('MQTT with keys of CreateKeysAndCertificate and the suite of an old modem', async () => {
    const local = await serverWith(DEFAULT)
    const iot = new IoTClient(local.sdk)
    const created = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
    const { certificateArn = '', certificateId = '', certificatePem: cert = '', keyPair } = created
    await attachNewPolicy(iot, certificateArn)
    await using client = await connectDevice(
      { urls: local.urls, rootCa: await rsaRootOf(local) },
      { key: keyPair?.PrivateKey ?? '', cert, certificateId, certificateArn },
      { ciphers: 'AES128-SHA', maxVersion: 'TLSv1.2', clientId: 'modem' },
    )
    await client.mqtt.subscribeAsync('dt/modem', { qos: 1 })
    await client.mqtt.publishAsync('dt/modem', '21.5', { qos: 1 })
    expect((await client.inbox.take()).text).toBe('21.5')
    iot.destroy()
  })
})

describe('a hello that comes in pieces', () => {
  /** A port whose connections reach the server with the client's first words one byte at a time. */
  async function drip(port: number) {
    const relay = createServer((client) => {
      const server = connectTcp(port, '127.0.0.1').setNoDelay()
      client.once('data', async (hello: Buffer) => {
        for (const byte of hello) await new Promise((written) => server.write(Uint8Array.of(byte), written))
        client.pipe(server)
      })
      server.pipe(client)
      for (const socket of [client, server]) socket.on('error', () => {})
    }).listen(0, '127.0.0.1')
    await once(relay, 'listening')
    const address = relay.address()
    return { port: typeof address === 'object' && address ? address.port : 0, close: () => relay.close() }
  }

  test.each([
    ['ec', {}],
    ['rsa', { ciphers: 'AES128-SHA', maxVersion: 'TLSv1.2' }],
  ] as const)('is understood: %s', async (keyType, options) => {
    const local = await serverWith(DEFAULT)
    const relay = await drip(Number(new URL(local.urls.https).port))
    await using socket = await shakeHands(local, { port: relay.port, ...options })
    expect(socket.getPeerX509Certificate()?.publicKey.asymmetricKeyType).toBe(keyType)
    relay.close()
  })
})
