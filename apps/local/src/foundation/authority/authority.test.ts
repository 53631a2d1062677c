import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../clock.ts'
import { openAuthority } from './authority.ts'
import { requestFor } from './requests.test-support.ts'

const DAY_MS = 86_400_000

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'authority-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

describe('the server certificate', () => {
  test.each(['localhost', '127.0.0.1', '::1', 'iot.example', 'bücher.example'])(
    'a TLS client that trusts the root accepts the server as %s',
    async (host) => {
      const authority = await openAuthority({ clock: systemClock, hosts: ['iot.example', 'bücher.example'] })
      const server = createServer({ cert: authority.server.certificatePem, key: authority.server.privateKeyPem })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const name = host === 'bücher.example' ? 'xn--bcher-kva.example' : host
      const socket = connect({
        port,
        host: '127.0.0.1',
        ca: authority.rootCaPem,
        ...(/^[a-z]/.test(name) ? { servername: name } : {}),
        checkServerIdentity: (_, peer) => {
          const certificate = new X509Certificate(peer.raw)
          const held = /^[a-z]/.test(name) ? certificate.checkHost(name) : certificate.checkIP(name)
          return held ? undefined : new Error(`not issued to ${name}`)
        },
      })
      await once(socket, 'secureConnect')
      expect(socket.authorized).toBe(true)
      socket.destroy()
      server.close()
      await once(server, 'close')
    },
  )

  test('a host that no certificate can hold is named in the error', async () => {
    await expect(openAuthority({ clock: systemClock, hosts: ['exa mple'] })).rejects.toThrow(/"exa mple"/)
  })

  test('is renewed in its last 30 days, by the same root', async () => {
    let now = Date.UTC(2026, 0, 1)
    const authority = await openAuthority({ clock: () => now })
    const first = authority.server
    now = first.notAfter.getTime() - 31 * DAY_MS
    await authority.renew()
    expect(authority.server.certificatePem).toBe(first.certificatePem)
    now = first.notAfter.getTime() - 29 * DAY_MS
    await authority.renew()
    expect(authority.server.notAfter.getTime()).toBeGreaterThan(first.notAfter.getTime())
    const root = new X509Certificate(authority.rootCaPem)
    expect(new X509Certificate(authority.server.certificatePem).verify(root.publicKey)).toBe(true)
  })
})

describe('in a folder', () => {
  test('root and server certificate outlive a restart; new hosts get a new server certificate from the same root', async () => {
    await using folder = await temporaryFolder()
    const open = (hosts: string[]) => openAuthority({ clock: systemClock, folder: folder.path, hosts })
    const first = await open(['a.example'])
    const again = await open(['a.example'])
    const wider = await open(['a.example', 'b.example'])
    expect(again.rootCaPem).toBe(first.rootCaPem)
    expect(again.server.certificatePem).toBe(first.server.certificatePem)
    expect(wider.rootCaPem).toBe(first.rootCaPem)
    expect(wider.server.certificatePem).not.toBe(first.server.certificatePem)
    expect(await readFile(first.rootCaPath ?? '', 'utf8')).toBe(first.rootCaPem)
  })

  test('the RSA certificate is made when it is asked for, and outlives a restart', async () => {
    await using folder = await temporaryFolder()
    const open = () => openAuthority({ clock: systemClock, folder: folder.path })
    const first = await open()
    expect(await readdir(folder.path)).not.toContain('server-rsa.pem')
    const { rootCaPem, server, crossSigned } = await first.rsa()
    expect(await first.rsa()).toBe(await first.rsa())
    expect((await (await open()).rsa()).server).toEqual(server)
    const [root, certificate] = [new X509Certificate(rootCaPem), new X509Certificate(server.certificatePem)]
    expect(certificate.verify(root.publicKey)).toBe(true)
    const cross = new X509Certificate(crossSigned.certificatePem.slice(server.certificatePem.length))
    expect(cross.subject).toBe(root.subject)
    expect(cross.verify(new X509Certificate(first.rootCaPem).publicKey)).toBe(true)
  })

  test('every file is readable by its owner only', async () => {
    await using folder = await temporaryFolder()
    const authority = await openAuthority({ clock: systemClock, folder: folder.path })
    await authority.devices.issueKeys()
    await authority.rsa()
    const names = await readdir(folder.path)
    expect(names.sort()).toEqual([
      'device-ca-key.pem',
      'device-ca.pem',
      'root-ca-key.pem',
      'root-ca-rsa-key.pem',
      'root-ca-rsa.pem',
      'root-ca.pem',
      'server-key.pem',
      'server-rsa-key.pem',
      'server-rsa.pem',
      'server.pem',
    ])
    for (const name of names) expect((await stat(join(folder.path, name))).mode & 0o777).toBe(0o600)
  })

  test('a missing root key is an error that names the file, not a new root behind the clients’ backs', async () => {
    await using folder = await temporaryFolder()
    await openAuthority({ clock: systemClock, folder: folder.path })
    await rm(join(folder.path, 'root-ca-key.pem'))
    await expect(openAuthority({ clock: systemClock, folder: folder.path })).rejects.toThrow(/root-ca-key\.pem/)
  })

  test('a key of another certificate is refused', async () => {
    await using folder = await temporaryFolder()
    await openAuthority({ clock: systemClock, folder: folder.path })
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await writeFile(join(folder.path, 'root-ca-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
    await expect(openAuthority({ clock: systemClock, folder: folder.path })).rejects.toThrow(/not the key/)
  })
})

describe('certificates of devices', () => {
  test('keys and certificate look like those of AWS', async () => {
    const authority = await openAuthority({ clock: systemClock })
    const { certificate, publicKeyPem, privateKeyPem } = await authority.devices.issueKeys()
    expect(certificate.subject).toBe('CN=AWS IoT Certificate')
    expect(certificate.issuer).toMatch(/^OU=Amazon Web Services O.*Amazon\.com Inc\. L.*Seattle ST.*Washington C.*US$/)
    expect(certificate.validToDate).toEqual(new Date('2049-12-31T23:59:59Z')) // AWS guide, X.509 client certificates
    expect(certificate.ca).toBe(false)
    expect(privateKeyPem).toMatch(/^-{5}BEGIN RSA PRIVATE KEY-{5}/)
    expect(certificate.publicKey.equals(createPublicKey(publicKeyPem))).toBe(true)
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
  })

  test.each([
    ['RSA-2048', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['RSA-3072', generateKeyPairSync('rsa', { modulusLength: 3072 })],
    ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ])('a request with an %s key keeps its subject and its key', async (_, keys) => {
    const { devices } = await openAuthority({ clock: systemClock })
    const certificate = await devices.issueForRequest(await requestFor(keys, 'CN=pump-7, O=Plant, C=DE'))
    expect(certificate.subject).toBe('CN=pump-7\nO=Plant\nC=DE')
    expect(certificate.publicKey.equals(keys.publicKey)).toBe(true)
  })

  test('the same request twice gives two certificates', async () => {
    const { devices } = await openAuthority({ clock: systemClock })
    const request = await requestFor(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'CN=pump-7')
    const [one, two] = [await devices.issueForRequest(request), await devices.issueForRequest(request)]
    expect(one.fingerprint256).not.toBe(two.fingerprint256)
  })

  test.each([
    ['RSA-1024', () => requestFor(generateKeyPairSync('rsa', { modulusLength: 1024 }), 'CN=a'), /RSA of at least 2048/],
    ['Ed25519', () => requestFor(generateKeyPairSync('ed25519'), 'CN=a'), /RSA of at least 2048/],
    ['no PEM', async () => 'hello', /PEM/],
    ['PEM of rubbish', async () => pem('AAAA'), /cannot be read/],
    ['a changed signature', forged, /does not verify/],
  ])('refuses %s', async (_, request, message) => {
    const { devices } = await openAuthority({ clock: systemClock })
    const refusal = devices.issueForRequest(await request())
    await expect(refusal).rejects.toMatchObject({ name: 'InvalidRequestException', message })
  })
})

async function forged() {
  const request = await requestFor(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'CN=pump-7')
  const der = Buffer.from(request.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  const at = der.indexOf('pump-7')
  der.write('pump-8', at)
  return pem(der.toString('base64'))
}

function pem(base64: string) {
  return `-----BEGIN CERTIFICATE REQUEST-----\n${base64}\n-----END CERTIFICATE REQUEST-----\n`
}
