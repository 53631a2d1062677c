import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateKeysAndCertificateCommand, IoTClient, ListThingsCommand } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PUBLISHED } from './publish/packages.ts'
import { snippetsOf } from './publish/snippets.ts'
import { makeStrangersProject, type StrangersProject } from './publish/strangers-project.ts'
import { freePort } from './run/free-port.ts'

/** With `THINGDECK_INSTALL=npm` the packages are installed from the registry, with all that they need: before a release. */
const HOW = process.env.THINGDECK_INSTALL === 'npm' ? 'by npm' : 'by hand'
/** The Node that they are run with: that of the tests, unless said otherwise. */
const NODE = process.env.THINGDECK_NODE ?? process.execPath
const PATIENCE_MS = HOW === 'by npm' ? 900_000 : 300_000

const root = join(import.meta.dirname, '..')
const OF_DOCUMENT = snippetsOf(join(root, 'docs/local.md')).filter(({ file }) => file !== undefined)
let project: StrangersProject

beforeAll(async () => {
  project = await makeStrangersProject(root, HOW, NODE)
  for (const { file = '', code } of OF_DOCUMENT) writeFileSync(join(project.folder, file), code)
  for (const { name, readme } of PUBLISHED) {
    const [example] = snippetsOf(join(root, readme, 'README.md')).filter(({ language }) => language === 'ts')
    if (example) writeFileSync(join(project.folder, `${name.replace(/^@thingdeck\//, '')}.example.ts`), example.code)
  }
}, PATIENCE_MS)

// Where it could be made; by npm, it has tens of thousands of files.
afterAll(() => project?.[Symbol.dispose](), PATIENCE_MS)

test('a package has what it needs, and nothing beside', () => {
  const listed = project.packed.map(({ name, files }) => {
    const kinds = new Set(
      files.map((file) =>
        file.replace(
          /(?<=part-)[\w-]+\.js$|(?<=assets\/).*(?=\.\w+$)|(?<=types\/).*(?=\.d\.ts$)|(?<=web\/docs\/).*(?=\.\w+$)/,
          '*',
        ),
      ),
    )
    return [name, [...kinds].sort()]
  })
  expect(Object.fromEntries(listed)).toMatchSnapshot()
  const tooLarge = project.packed.filter(({ name, sizeBytes }) => sizeBytes > (name === 'thingdeck' ? 5e6 : 1e6))
  expect(tooLarge).toEqual([])
})

test('no file of a package tells where it was made, nor of commands that only a checkout has', () => {
  const told = project.packed.flatMap(({ name, files }) =>
    files.filter((file) => {
      const text = readFileSync(join(project.folder, 'node_modules', name, file), 'latin1')
      const isProgram = /^dist\/[^/]+\.js$/.test(file)
      return text.includes(root) || text.includes('sourceMappingURL=') || (isProgram && /npm (?:start|run) /.test(text))
    }),
  )
  expect(told).toEqual([])
})

test("the types are right for a stranger, with Node's way to find modules and with that of bundlers", async () => {
  const files = readdirSync(project.folder).filter((file) => file.endsWith('.ts'))
  expect(files.length).toBe(PUBLISHED.length + 1)
  const compile = (module: string, resolution: string, ...args: string[]) => {
    const options = ['--module', module, '--moduleResolution', resolution, '--strict', '--noEmit', '--types', 'node']
    options.push('--isolatedModules', '--verbatimModuleSyntax')
    return project.node('node_modules/typescript/bin/tsc', ...options, ...args)
  }
  expect(await compile('preserve', 'bundler', '--skipLibCheck', ...files)).toEqual({ code: 0, said: '' })
  // Our own declarations are looked at inside, too; those of a hundred others are not ours to judge, and take long.
  const ours = files.filter((file) => file.endsWith('.example.ts') && file !== 'local.example.ts')
  const local = 'node_modules/@thingdeck/local/dist/index.d.ts'
  expect(await compile('nodenext', 'nodenext', ...ours, local)).toEqual({ code: 0, said: '' })
})

test('what the READMEs show runs', async () => {
  const examples = readdirSync(project.folder).filter((file) => file.endsWith('.example.ts'))
  expect(examples).toHaveLength(PUBLISHED.length - 1)
  const imports = examples.map((file) => `await import('./${file}')`).join('\n')
  expect(await project.node('--input-type=module', '--eval', imports)).toEqual({ code: 0, said: '' })
})

test("the library serves a stranger's tests: Vitest, node:test, Jest", { timeout: PATIENCE_MS }, async () => {
  const [vitest, nodeTest] = await Promise.all([
    project.node('node_modules/vitest/vitest.mjs', 'run', '--testTimeout', '60000', 'pump.test.ts'),
    project.node('--test', 'thing.node-test.ts'),
  ])
  expect(vitest.said).toMatch(/Tests\s+1 passed/)
  expect(nodeTest.said).toMatch(/pass 1\n/)
  if (HOW === 'by npm') {
    const jest = await project.node('node_modules/jest/bin/jest.js')
    expect(jest.said).toMatch(/Tests:\s+1 passed/)
  }
})

test('npx thingdeck: the console, devices, and all that the embedded server starts', {
  timeout: PATIENCE_MS,
}, async () => {
  const [consolePort, port, mqttPort, httpsPort] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  const ports = ['--console-port', consolePort, '--port', port, '--mqtt-port', mqttPort, '--https-port', httpsPort]
  await using thingdeck = startCommand('thingdeck', ...ports.map(String), '--devices', '1', '--drop-every', '0')
  await thingdeck.line((line) => line.startsWith('Thingdeck is ready: '))

  const page = await fetch(`http://localhost:${consolePort}/things`, { headers: { accept: 'text/html' } })
  const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(await page.text()) ?? []
  expect((await fetch(`http://localhost:${consolePort}${script}`)).headers.get('content-type')).toContain('javascript')
  expect(await pageAfterRedirects(`http://localhost:${consolePort}/auth/login`)).toContain('Ada')

  const sdk = {
    endpoint: `http://localhost:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }
  const iot = new IoTClient(sdk)
  expect((await iot.send(new ListThingsCommand({}))).things).toHaveLength(1)
  const { certificatePem: cert = '', keyPair } = await iot.send(
    new CreateKeysAndCertificateCommand({ setAsActive: true }),
  )
  const ca = await (await fetch(`${sdk.endpoint}/_local/root-ca.pem`)).text()
  const device = {
    clientId: 'stranger',
    protocolVersion: 5,
    ca,
    cert,
    key: keyPair?.PrivateKey ?? '',
    reconnectPeriod: 0,
  } as const
  // No policy lets it in: that is said, over TLS, by the broker.
  await expect(connectAsync(`mqtts://localhost:${mqttPort}`, device)).rejects.toThrow('Not authorized')

  expect((await new KinesisClient(sdk).send(new ListStreamsCommand({}))).StreamNames).toEqual([])
  // The sample rule invokes the sample function, a process whose log a thread keeps.
  const data = new IoTDataPlaneClient(sdk)
  const logs = new CloudWatchLogsClient(sdk)
  const thing = (await iot.send(new ListThingsCommand({}))).things?.[0]?.thingName
  await expect
    .poll(
      async () => {
        await data.send(
          new PublishCommand({ topic: `dt/site/${thing}/alarm`, payload: '{"alarm":"pressure","pressure":4}' }),
        )
        const found = logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/enrich-alarm' }))
        const { events = [] } = await found.catch(() => ({ events: [] })) // before the first, there is no such group
        return events.map(({ message }) => message).join()
      },
      { timeout: 120_000, interval: 500 },
    )
    .toContain(`high pressure at ${thing}`)
  expect(await thingdeck.stop()).toBe(0)
})

test('npx thingdeck local, as a step of GitHub Actions starts the server', { timeout: PATIENCE_MS }, async () => {
  const { code = '' } = OF_DOCUMENT.find(({ file }) => file === 'github-actions.yml') ?? {}
  const [, script = ''] = /run: \|\n([\s\S]*)/.exec(code) ?? []
  const port = await freePort()
  const commands = script
    .replaceAll('localhost:7400', `localhost:${port}`)
    .replace('npx @thingdeck/local', 'npx --no-install thingdeck local')
  expect(commands).toContain('thingdeck local --data')
  const environment = {
    ...process.env,
    PATH: `${dirname(NODE)}${delimiter}${process.env.PATH}`,
    GITHUB_ENV: 'github-env',
    THINGDECK_LOCAL_PORT: String(port),
    THINGDECK_LOCAL_MQTT_PORT: '0',
    THINGDECK_LOCAL_HTTPS_PORT: '0',
  }
  const shell = spawn('bash', ['-eo', 'pipefail', '-c', commands], {
    cwd: project.folder,
    env: environment,
    detached: true,
    stdio: 'ignore',
  })
  try {
    expect(await once(shell, 'exit')).toEqual([0, null])
    expect(readFileSync(join(project.folder, 'ca.pem'), 'utf8')).toContain('BEGIN CERTIFICATE')
    expect(JSON.parse(readFileSync(join(project.folder, 'iot.json'), 'utf8'))).toMatchObject({
      ready: true,
      dataDir: ':memory:',
    })
    expect(readFileSync(join(project.folder, 'github-env'), 'utf8')).toContain(
      `AWS_ENDPOINT_URL=http://localhost:${port}\n`,
    )
  } finally {
    if (shell.pid !== undefined) process.kill(-shell.pid)
  }
})

test.each(['thingdeck', '@thingdeck/local'])('%s says which version it is, and which Node it needs', async (name) => {
  const bin = `node_modules/${name}/bin.js`
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(await project.node(bin, '--version')).toEqual({ code: 0, said: `${version}\n` })
  const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.19.0"}})'
  const sentence = `${name} needs Node.js 24 or later, and this is 20.19.0: https://nodejs.org has it.\n`
  expect(await project.node('--import', old, bin)).toEqual({ code: 1, said: sentence })
})

/** Goes where it is sent, with the cookies that it gets on the way, as a browser does. */
async function pageAfterRedirects(from: string): Promise<string> {
  const cookies = new Map<string, string>()
  for (let url = from; ; ) {
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie: [...cookies.values()].join('; ') } })
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair)
    }
    const location = answer.headers.get('location')
    if (location === null) return answer.text()
    url = new URL(location, url).href
  }
}

/** A command of a package, as `npx` runs it. */
function startCommand(command: string, ...args: readonly string[]) {
  const child = spawn(NODE, [join('node_modules/.bin', command), ...args], {
    cwd: project.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null) // as Node has it
  const stop = async () => {
    child.kill()
    return ended
  }
  return {
    stop,
    /** The first line that is looked for. */
    line: async (isLookedFor: (line: string) => boolean) => {
      for await (const line of createInterface({ input: child.stdout })) if (isLookedFor(line)) return line
      throw new Error(`${command} ended before that`)
    },
    [Symbol.asyncDispose]: async () => {
      await stop()
    },
  }
}
