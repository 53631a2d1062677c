import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateThingCommand, DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { describe, expect, test } from 'vitest'
import { failingStart, ServerProcess } from './support/server-process.ts'

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'local-main-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

const FREE = ['--port', '0', '--mqtt-port', '0', '--https-port', '0']

test('prints one line with every address, keeps the account, and ends with 0 on SIGTERM', async () => {
  await using folder = await temporaryFolder()
  const first = await ServerProcess.start(['--data', folder.path], { AWS_REGION: 'eu-central-1' })
  const { http, ...ready } = first.ready
  const port = /:(\d+)$/
  expect(ready).toEqual({
    ready: true,
    https: expect.stringMatching(/^https:\/\/localhost:\d+$/),
    mqtts: expect.stringMatching(/^mqtts:\/\/localhost:\d+$/),
    ws: `ws://localhost:${port.exec(http)?.[1]}/mqtt`,
    wss: expect.stringMatching(/^wss:\/\/localhost:\d+\/mqtt$/),
    oidcIssuer: `${http}/oidc`,
    oidcClientId: 'thingdeck-console',
    identityPoolId: expect.stringMatching(/^eu-central-1:[0-9a-f-]{36}$/),
    endpoints: expect.objectContaining({ 'iot:Data-ATS': 'localhost' }),
    account: '123456789012',
    region: 'eu-central-1',
    dataDir: folder.path,
    rootCaPath: join(folder.path, 'root-ca.pem'),
  })
  const rootCa = await readFile(ready.rootCaPath, 'utf8')
  expect(await (await fetch(`${http}/_local/root-ca.pem`)).text()).toBe(rootCa)
  expect(await (await fetch(`${http}/_local/health`)).json()).toEqual({ status: 'ok' })
  expect(await (await fetch(http)).text()).toContain('Embedded AWS IoT Core')
  const iot = new IoTClient(first.local.sdk)
  await iot.send(new CreateThingCommand({ thingName: 'kept' }))
  expect(await first.stop('SIGTERM')).toBe(0)

  const second = await ServerProcess.start(['--data', folder.path, '--region', 'eu-central-1'])
  const described = await new IoTClient(second.local.sdk).send(new DescribeThingCommand({ thingName: 'kept' }))
  expect(described.thingName).toBe('kept')
  expect(await readFile(second.ready.rootCaPath, 'utf8')).toBe(rootCa)
  expect(await second.stop('SIGINT')).toBe(0)
})

test('with --data :memory: the root CA is in a temporary file, gone at the end', async () => {
  const server = await ServerProcess.start(['--data', ':memory:', '--allow-reset'])
  expect(server.ready.dataDir).toBe(':memory:')
  expect(await readFile(server.ready.rootCaPath, 'utf8')).toContain('BEGIN CERTIFICATE')
  expect((await fetch(`${server.ready.http}/_local/reset`, { method: 'POST' })).status).toBe(204)
  await server.stop('SIGTERM')
  await expect(stat(server.ready.rootCaPath)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('says nothing on standard error while all is well, sign-in included', async () => {
  const server = await ServerProcess.start(['--data', ':memory:', '--log-level', 'warn'])
  expect((await fetch(`${server.ready.oidcIssuer}/.well-known/openid-configuration`)).status).toBe(200)
  await server.stop('SIGTERM')
  expect(server.errors).toBe('')
})

describe('a start that cannot be ends with 1 and one sentence', () => {
  test.each([
    [['--port', '70000'], '--port must be a port number from 0 to 65535, not "70000".\n'],
    [['--account', '12'], '--account must be twelve digits, not "12".\n'],
    [
      ['--security-policy', 'TLS13'],
      /^A security policy is one of IoTSecurityPolicy_TLS13_1_3_2022_10, .*"TLS13"\.\n$/,
    ],
    [['--log-level', 'loud'], /^--log-level must be one of silent, .*, not "loud"\.\n$/],
    [['--nonsense'], /^Unknown option '--nonsense'.* Run with --help for the options\.\n$/],
    [['--limit', 'payloadBytes'], /^--limit takes NAME=NUMBER or NAME=off, not "payloadBytes"\. The names are /],
  ])('%j', async (args, stderr) => {
    const expected = typeof stderr === 'string' ? stderr : expect.stringMatching(stderr)
    expect(await failingStart(...args)).toEqual({ code: 1, stdout: '', stderr: expected })
  })

  test.each(['--port', '--mqtt-port', '--https-port'])('the port of %s is taken', async (option) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await failingStart(...FREE, '--data', ':memory:', option, String(port))
    expect([code, stderr]).toEqual([
      1,
      `Port ${port} is taken by another program; choose another port with ${option} PORT.\n`,
    ])
    other.close()
  })

  const elsewhere = 'choose another directory with --data DIR, or --data :memory: to keep nothing.\n'

  test('the directory is in use', async () => {
    await using folder = await temporaryFolder()
    const server = await ServerProcess.start(['--data', folder.path])
    const { code, stderr } = await failingStart(...FREE, '--data', folder.path)
    expect([code, stderr]).toEqual([1, `The data directory ${folder.path} is in use by another server; ${elsewhere}`])
    await server.stop('SIGTERM')
  })

  test('the directory is a file', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'file')
    await writeFile(path, '')
    const { code, stderr } = await failingStart(...FREE, '--data', path)
    expect([code, stderr]).toEqual([1, `The data directory ${path} is not a directory; ${elsewhere}`])
  })

  test('the database is damaged', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'account.db'), 'this is no database, and long enough to be looked at '.repeat(20))
    const { code, stderr } = await failingStart(...FREE, '--data', folder.path)
    const how = 'file is not a database. Put back a copy of the directory'
    expect([code, stderr]).toEqual([
      1,
      `The database in the data directory ${folder.path} is damaged: ${how}; ${elsewhere}`,
    ])
  })

  test('the directory cannot be written to', async () => {
    await using folder = await temporaryFolder()
    await chmod(folder.path, 0o500)
    // The administrator of the machine may write everywhere but where the system itself makes the files.
    const path = process.getuid?.() === 0 ? '/proc/thingdeck/data' : join(folder.path, 'data')
    const { code, stderr } = await failingStart(...FREE, '--data', path)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^The data directory \S+ cannot be (written to|made); choose another directory/)
  })
})
