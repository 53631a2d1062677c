import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import type { LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DescribeEndpointCommand, IoTClient } from '@aws-sdk/client-iot'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { type Copy, DockerfileParser, type From, type Instruction } from 'dockerfile-ast'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { isIgnored, projectFiles } from './containers/image-files.ts'
import { type EmbeddedServerReady, sdkOf } from './run/embedded-server.ts'
import { freePort } from './run/free-port.ts'
import { Service } from './run/service.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

interface Stage {
  readonly name: string
  readonly base: string
  readonly instructions: readonly Instruction[]
}

function stagesOf(text: string): readonly Stage[] {
  const stages: { name: string; base: string; instructions: Instruction[] }[] = []
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      const from = instruction as From // its keyword says so
      stages.push({ name: from.getBuildStage() ?? '', base: from.getImage() ?? '', instructions: [] })
    } else stages.at(-1)?.instructions.push(instruction)
  }
  return stages
}

const dockerfile = read('deploy/containers/Dockerfile')
const stages = stagesOf(dockerfile)

/** What a stage does, with what those do that it is made from. */
function allOf(name: string): readonly Instruction[] {
  const stage = stages.find((each) => each.name === name)
  return stage === undefined ? [] : [...allOf(stage.base), ...stage.instructions]
}
const last = (name: string, keyword: string): string =>
  allOf(name)
    .filter((instruction) => instruction.getKeyword() === keyword)
    .at(-1)
    ?.getArgumentsContent() ?? ''

/** `NAME=value NAME=value` */
const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    allOf(name)
      .filter((instruction) => instruction.getKeyword() === 'ENV')
      .flatMap((instruction) => instruction.getArguments())
      .map((argument) => argument.getValue().split(/=(.*)/s) as [string, string]),
  )

describe('the Dockerfile', () => {
  const copies = stages.flatMap(({ instructions }) =>
    instructions.filter((instruction) => instruction.getKeyword() === 'COPY').map((instruction) => instruction as Copy),
  )

  test('copies only what is there, and is not kept out', () => {
    for (const copy of copies) {
      const sources = copy
        .getArguments()
        .slice(0, -1)
        .map((argument) => argument.getValue())
      const from = copy
        .getFlags()
        .find((flag) => flag.getName() === 'from')
        ?.getValue()
      if (from !== undefined) expect(stages.map(({ name }) => name)).toContain(from)
      else expect(sources.filter((source) => !existsSync(join(root, source)) || isIgnored(source))).toEqual([])
    }
    expect(copies.length).toBeGreaterThan(10)
  })

  test('gets all of the code, and no tests, keys and built files', () => {
    const files = projectFiles()
    const code = files.filter((file) => /^(?:apps|packages)\/[\w-]+\/(?:src\/|package\.json|vite)/.test(file))
    expect(code.filter((file) => isIgnored(file) && !/\.test\.tsx?$/.test(file))).toEqual([])
    expect(files.filter((file) => /\.test\.tsx?$/.test(file) && !isIgnored(file))).toEqual([])
    const strangers = [
      'node_modules/x/index.js',
      'apps/web/dist/a.js',
      '.git/config',
      '.env',
      'a/root-ca.pem',
      '.thingdeck/account.db',
    ]
    expect(strangers.filter((path) => !isIgnored(path))).toEqual([])
  })

  test.each(['console', 'local', 'fleet'])('%s runs as nobody of consequence, and ends when it is asked to', (name) => {
    expect(last(name, 'USER')).toBe('node')
    expect(last(name, 'STOPSIGNAL')).toBe('SIGTERM')
    expect(last(name, 'VOLUME')).toBe('/data')
    const program = JSON.parse(last(name, 'ENTRYPOINT')) as string[] // a shell before it would keep the signal to itself
    const file = program.find((argument) => argument.endsWith('.ts')) ?? ''
    expect([file, existsSync(join(root, file))]).toEqual([file, true])
    expect(
      allOf(name).filter((instruction) => /secret|password|token/i.test(instruction.getArgumentsContent() ?? '')),
    ).toEqual([])
  })

  test('begins with one base, which whoever builds can pin', () => {
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:26-bookworm-slim$/m)
    const names = stages.map(({ name }) => name)
    expect(stages.filter(({ base }) => !names.includes(base)).map(({ base }) => base)).toEqual(['${NODE_IMAGE}'])
    expect(JSON.parse(read('package.json')).devDependencies.node).toMatch(/^\^26\./)
  })
})

interface Composed {
  readonly image: string
  readonly build?: { readonly dockerfile: string; readonly target: string }
  readonly environment?: Readonly<Record<string, string>>
  readonly read_only?: boolean
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
}
const compose = parse(read('compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<'iot' | 'console' | 'fleet' | 'redis', Composed>>
  readonly volumes: Readonly<Record<string, unknown>>
}
/** As Compose fills variables in that nobody has set. */
const filled = ({ environment = {} }: Composed): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{\w+:-\}/, '')]))

/** Those that the SDK and Node read themselves. */
const OF_OTHERS = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_ENDPOINT_URL', 'AWS_REGION', 'NODE_ENV'])
/** Where each program has all that it reads of its environment. */
const isRead = (name: string, files: readonly string[]) =>
  OF_OTHERS.has(name) || files.some((file) => new RegExp(`\\b${name}\\b`).test(read(file)))

describe('compose.yaml', () => {
  test('sets variables that somebody reads', () => {
    const unread = (files: readonly string[], set: Readonly<Record<string, string>> = {}) =>
      Object.keys(set).filter((name) => !isRead(name, files))
    const { iot, console, fleet } = compose.services
    expect(unread(['apps/local/src/options.ts'], { ...environmentOf('local'), ...iot.environment })).toEqual([])
    const ofConsole = ['config', 'environment-config', 'sign-in-config'].map((name) => `apps/bff/src/${name}.ts`)
    expect(unread(ofConsole, { ...environmentOf('console'), ...console.environment })).toEqual([])
    expect(unread(['apps/fleet/src/main.ts'], { ...environmentOf('fleet'), ...fleet.environment })).toEqual([])
  })

  test('runs our images read-only, each with its volume, and for this machine alone', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect([name, service.read_only]).toEqual([name, true])
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/) // addresses that it tells hold outside
      for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty([volume.split(':')[0] ?? ''])
      if (service.build === undefined) continue
      expect(existsSync(join(root, service.build.dockerfile))).toBe(true)
      expect(stages.map((stage) => stage.name)).toContain(service.build.target)
    }
  })
})

/** A user who may write nothing of the project; where we are not root, who may, it is ourselves. */
const NOBODY = 65_534
const asNobody =
  process.getuid?.() === 0 ? ['setpriv', '--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups'] : []

test('as a container they start where they may write their data alone, know both names, are healthy, and end in order', async () => {
  const data = mkdtempSync(join(tmpdir(), 'thingdeck-container-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  if (asNobody.length > 0) chownSync(data, NOBODY, NOBODY)
  const ports = {
    http: `${await freePort()}`,
    mqtt: `${await freePort()}`,
    https: `${await freePort()}`,
    console: `${await freePort()}`,
  }
  const here = (text: string) =>
    text
      .replaceAll('/data', data)
      .replaceAll('/app', root)
      .replace(
        /\b(7400|8883|8443|7300)\b/g,
        (port) => ({ 7400: ports.http, 8883: ports.mqtt, 8443: ports.https, 7300: ports.console })[port] ?? port,
      )
  const environment = (image: 'console' | 'local', service: Composed): Record<string, string> => {
    const all = { PATH: process.env.PATH ?? '', ...environmentOf(image), ...filled(service) }
    return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, name === 'PATH' ? value : here(value)]))
  }
  const errors: string[] = []
  const run = (name: string, program: string, env: Record<string, string>) =>
    new Service({ name, program, environment: env, cwd: data, runner: asNobody, onError: (line) => errors.push(line) })
  const isHealthy = (image: 'console' | 'local', env: Record<string, string>) => {
    const [, command = ''] = /CMD (\[.*\])/s.exec(last(image, 'HEALTHCHECK')) ?? []
    const [, file = '', ...args] = JSON.parse(command) as string[]
    return spawnSync(process.execPath, [join(root, 'deploy/containers', file), ...args], { env }).status === 0
  }

  const localEnvironment = environment('local', compose.services.iot)
  expect(isHealthy('local', localEnvironment)).toBe(false)
  await using iot = run('embedded server', 'apps/local/src/main.ts', {
    ...localEnvironment,
    THINGDECK_LOCAL_LOG_LEVEL: 'error',
  })
  const ready = await iot.ready<EmbeddedServerReady>()
  expect(isHealthy('local', localEnvironment)).toBe(true)

  const consoleEnvironment = environment('console', compose.services.console)
  expect(ready.identityPoolId).toBe(consoleEnvironment.COGNITO_IDENTITY_POOL_ID)
  await using console = run('console', 'apps/bff/src/main.ts', { ...consoleEnvironment, LOG_LEVEL: 'error' })
  await console.ready()
  expect(isHealthy('console', consoleEnvironment)).toBe(true)
  // It has found the issuer where browsers are sent to.
  const url = `http://localhost:${ports.console}`
  const login = await fetch(`${url}/auth/login`, { redirect: 'manual' })
  const issuerPage = new URL(login.headers.get('location') ?? '', url)
  expect(issuerPage.origin).toBe(ready.http)
  const asked = await fetch(issuerPage, { redirect: 'manual' })
  expect([asked.status, asked.headers.get('location')]).toEqual([303, expect.stringContaining('/oidc/')]) // it knows this console

  // What is forked, written and served by others.
  const sdk = sdkOf(ready)
  const invoked = await new LambdaClient(sdk).send(new InvokeCommand({ FunctionName: 'enrich-alarm', Payload: '{}' }))
  expect(invoked.StatusCode).toBe(200)
  expect((await new DynamoDBClient(sdk).send(new ListTablesCommand())).TableNames).toEqual([])

  // A neighbour knows it by the name of its service, and is answered that one.
  const lookup: LookupFunction = (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }])
  const endpointAt = async (host: string) => {
    const iotClient = new IoTClient({
      ...sdk,
      endpoint: `http://${host}:${ports.http}`,
      requestHandler: { httpAgent: new Agent({ lookup }) },
    })
    return (await iotClient.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }))).endpointAddress
  }
  expect([await endpointAt('iot'), await endpointAt('localhost')]).toEqual(['iot', 'localhost'])
  const ca = readFileSync(ready.rootCaPath)
  for (const servername of ['iot', 'localhost']) {
    const socket = connect({ host: '127.0.0.1', port: Number(ports.https), servername, ca })
    await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
    socket.destroy()
  }

  for (const service of [console, iot]) {
    service.signal('SIGTERM')
    expect(await service.ended).toBe(0)
  }
  expect(errors).toEqual([])
  for (const file of ['account.db', 'audit.jsonl']) expect(existsSync(join(data, file))).toBe(true)
})
