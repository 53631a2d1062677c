import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { freePort } from './run/free-port.ts'
import { startProduct } from './run/product.ts'

test.each([
  [['--bogus'], 'There is no --bogus: npm start -- --help lists the options.\n'],
  [['--devices', '3', '-x'], 'There is no -x: npm start -- --help lists the options.\n'],
  [['prot'], 'There is no prot: npm start -- --help lists the options.\n'],
  [['--port'], '--port cannot be given like this: npm start -- --help lists the options.\n'],
  [['--read-only'], '--read-only is for --aws alone\n'],
  [['--aws', '--devices', '3'], '--devices is for the embedded server, which --aws does not start\n'],
])('npm start -- %j ends with one sentence', (args, sentence) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/start.ts', ...args], { encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: sentence })
})

test('asked to end by signals that come again and again, it leaves no service behind', {
  timeout: 240_000,
}, async () => {
  const data = await mkdtemp(join(tmpdir(), 'thingdeck-start-'))
  try {
    const [console, http, mqtt, https] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
    const product = await startProduct({ ports: { console, http, mqtt, https }, data, devices: 1 })
    const asking = setInterval(() => product.signal('SIGTERM'), 10)
    const code = await product.ended
    clearInterval(asking)
    expect(code).toBe(0)
    for (const port of [console, http]) await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow('fetch failed')
  } finally {
    await rm(data, { recursive: true, force: true })
  }
})

test.skipIf(process.platform === 'win32')(
  'a kill of npm itself leaves nothing behind',
  { timeout: 60_000 },
  async () => {
    const [http, mqtt, https] = await Promise.all([freePort(), freePort(), freePort()])
    const ports = ['--port', `${http}`, '--mqtt-port', `${mqtt}`, '--https-port', `${https}`]
    const npm = spawn('npm', ['run', 'local', '--', ...ports, '--data', ':memory:'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    for await (const text of npm.stdout.setEncoding('utf8')) if (String(text).includes('"ready":true')) break
    npm.kill('SIGTERM')
    await once(npm, 'exit')
    const answers = () => fetch(`http://localhost:${http}/`).then(Boolean, () => false)
    await vi.waitFor(async () => expect(await answers()).toBe(false), { timeout: 20_000 })
  },
)
