import { spawn, spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import * as iam from '@aws-sdk/client-iam'
import * as iot from '@aws-sdk/client-iot'
import * as iotData from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAwsCommand, runAwsCommand, type SdkPackage } from './guides/aws-command-line.ts'
import { blocksOf } from './guides/blocks.ts'
import { type EmbeddedServer, startEmbeddedServer } from './run/embedded-server.ts'

const root = join(import.meta.dirname, '..')
const GUIDES = globSync('docs/guides/*.md', { cwd: root }).sort()
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** With it the machine's own AWS CLI runs the guides; else its commands are read by the SDK's schemas, which is much faster. */
const hasCli = process.env.THINGDECK_GUIDES_WITH_AWS_CLI === '1'

/** What the guides are written for; a machine has both, or runs none of them. */
const missing = ['bash', 'curl'].filter((program) => spawnSync(program, ['--version']).status !== 0)
const why = missing.length > 0 ? ` (not run: there is no ${missing.join(' and no ')})` : ''

let server: EmbeddedServer
const awsCommands = createServer()
let clients: Readonly<Record<string, { sdk: SdkPackage; client: { send: (command: never) => Promise<object> } }>>

beforeAll(async () => {
  server = await startEmbeddedServer()
  clients = {
    iot: { sdk: iot, client: new iot.IoTClient(server.sdk) },
    'iot-data': { sdk: iotData, client: new iotData.IoTDataPlaneClient(server.sdk) },
    iam: { sdk: iam, client: new iam.IAMClient(server.sdk) },
  }
  awsCommands.on('request', async (request, response) => {
    const [folder = '', service = '', ...args] = (await text(request)).split('\0').slice(0, -1)
    try {
      const { sdk, client } = clients[service] ?? {}
      if (!sdk || !client) throw new Error(`There is no service ${service}`)
      response.end(await runAwsCommand(sdk, client as never, readAwsCommand(sdk, folder, args)))
    } catch (error) {
      response.writeHead(400).end(`${(error as Error).name}: ${(error as Error).message}\n`)
    }
  })
  await new Promise<void>((listening) => awsCommands.listen(0, '127.0.0.1', listening))
})
afterAll(async () => {
  awsCommands.close()
  await server[Symbol.asyncDispose]()
})

/** In place of the AWS CLI: hands a command to this process, and says on standard error what is refused. */
const awsFunction = () => `aws() {
  local answer status
  answer=$(printf '%s\\0' "$PWD" "$@" | curl -s -w '%{http_code}' --data-binary @- http://127.0.0.1:${(awsCommands.address() as AddressInfo).port}/; echo x)
  answer=\${answer%x} status=\${answer: -3} answer=\${answer%???}
  if [ "$status" = 200 ]; then printf %s "$answer"; else printf %s "$answer" >&2; return 254; fi
}`

/** The guides name the usual ports; this server has others. */
const here = (commands: string) =>
  commands
    .replaceAll('localhost:7400', new URL(server.http).host)
    .replaceAll('localhost:8883', new URL(server.mqtts).host)
    .replaceAll('localhost:8443', new URL(server.https).host)

/** Runs blocks in one shell, one after the other, and gives back what each printed. It ends at the first command that fails. */
async function run(
  blocks: readonly string[],
  folder: string,
): Promise<{ printed: string[]; errors: string; code: number | null }> {
  const MARK = '── end of block ──'
  const script = [
    'set -e -o pipefail',
    hasCli ? '' : awsFunction(),
    ...blocks.flatMap((block) => [here(block), `echo '${MARK}'`]),
  ]
  const shell = spawn('bash', ['-c', script.join('\n')], {
    cwd: folder,
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, AWS_PAGER: '' },
  })
  const [output, errors, code] = await Promise.all([
    text(shell.stdout),
    text(shell.stderr),
    new Promise<number | null>((ended) => shell.on('close', ended)),
  ])
  return { printed: output.split(`${MARK}\n`), errors, code }
}

const withCommands = GUIDES.map((path) => [basename(path, '.md'), blocksOf(read(path))] as const).filter(
  ([, blocks]) => blocks.length > 0,
)

test('there are guides with commands', () => {
  expect(withCommands.length).toBeGreaterThanOrEqual(5)
})

test.skipIf(missing.length > 0).each(withCommands)(
  `the commands of %s do what it says${why}`,
  { timeout: 120_000, concurrent: true },
  async (_guide, blocks) => {
    const folder = mkdtempSync(join(tmpdir(), 'thingdeck-guide-'))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
    try {
      const { printed, errors, code } = await run(
        blocks.map(({ commands }) => commands),
        folder,
      )
      for (const [index, { output, commands }] of blocks.entries()) {
        if (output !== undefined) expect(printed[index], `${commands}\n${errors}`).toBe(output)
      }
      expect(code, errors).toBe(0)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

test('the test that in-your-tests shows is one that is run', () => {
  const shown = `\`\`\`ts\n${read('apps/local/test/guide-in-your-tests.test.ts')}\`\`\``
  expect(read('docs/guides/in-your-tests.md')).toContain(shown)
})

/** Everything that the console has as a text of its own. */
const consoleTexts = () =>
  globSync('apps/web/src/**/*.{ts,tsx}', { cwd: root })
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .map(read)
    .join('\n')

test('what guides name in bold is what the console says on buttons, tabs and pages', () => {
  const texts = consoleTexts()
  const named = GUIDES.flatMap((path) =>
    [
      ...read(path)
        .replaceAll(/^```[\s\S]*?^```$/gm, '')
        .matchAll(/\*\*([^*]+)\*\*/g),
    ].map(([, label = '']) => ({
      path,
      label: label.replaceAll(/\s+/g, ' '),
    })),
  )
  expect(named.length).toBeGreaterThan(20)
  const literally = (label: string) => label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const missing = named.filter(({ label }) => !new RegExp(`['"\`>]\\s*${literally(label)}\\s*['"\`<]`).test(texts))
  expect(missing).toEqual([])
})
