import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { presignMqttUrl } from '../packages/sigv4/src/index.ts'
import { Chromium } from './inspector/chromium.ts'

const rate = Number(process.argv[2] ?? 10000)
const view = process.argv[3] ?? 'list'
const port = 17977
const consoleUrl = `http://localhost:${port}`
const sp = fork('bench/inspector/server.ts', [consoleUrl], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
const [server] = (await once(sp, 'message')) as any
const bff = spawn(process.execPath, ['apps/bff/src/main.ts'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    ...process.env,
    AWS_ENDPOINT_URL: server.urls.http,
    AWS_REGION: 'us-east-1',
    AWS_ACCOUNT_ID: '123456789012',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    PORT: String(port),
    PUBLIC_URL: consoleUrl,
    OIDC_ISSUER: server.urls.oidcIssuer,
    OIDC_CLIENT_ID: server.oidcClientId,
    COGNITO_IDENTITY_POOL_ID: server.identityPoolId,
    THINGDECK_ENVIRONMENT: 'bench',
    WEB_ROOT: '/tmp/webdist',
    LOG_LEVEL: 'error',
  },
})
for await (const line of createInterface({ input: bff.stdout })) if (line.includes('"ready":true')) break
const load = fork(
  'bench/inspector/load.ts',
  [
    await presignMqttUrl({
      url: server.urls.ws,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  ],
  { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
)
await once(load, 'message')
const b = await Chromium.launch('/usr/bin/chromium')
const p = await b.page()
await p.goTo(`${consoleUrl}/auth/login`)
await p.until(`document.querySelector('button[name=person][value=ada]')`)
await p.evaluate(`document.querySelector('button[name=person][value=ada]').click()`)
await p.until(`location.origin === '${consoleUrl}' && document.querySelector('nav, header')`)
await p.goTo(`${consoleUrl}/live?s=0:bench/%23&view=${view}&open=bench&open=bench/hall-0`)
await p.until(`[...document.querySelectorAll('.td-chip')].some((chip) => /[0-9]\\/s/.test(chip.textContent))`)
const { targetInfos } = await b.send<any>('Target.getTargets', { filter: [{}] })
const w = targetInfos.find((t: any) => t.type === 'worker')
const { sessionId } = await b.send<any>('Target.attachToTarget', { targetId: w.targetId, flatten: true })
const sessions: [string, (m: string, x?: object) => Promise<any>][] = [
  ['page', (m, x) => p.send(m, x)],
  ['worker', (m, x) => b.send(m, x ?? {}, sessionId)],
]
load.send({ rate, topics: 100, seconds: 6 })
await new Promise((r) => setTimeout(r, 1000))
for (const [, s] of sessions) {
  await s('Profiler.enable')
  await s('Profiler.start')
}
await new Promise((r) => setTimeout(r, 4000))
for (const [name, s] of sessions) {
  const { profile } = await s('Profiler.stop')
  const self = new Map<string, number>()
  const byId = new Map(profile.nodes.map((n: any) => [n.id, n]))
  let total = 0
  profile.samples.forEach((id: number, i: number) => {
    const n: any = byId.get(id)
    const d = profile.timeDeltas[i]
    const k = `${n.callFrame.functionName || '(anon)'} ${n.callFrame.url.split('/').pop()}:${n.callFrame.lineNumber}:${n.callFrame.columnNumber}`
    self.set(k, (self.get(k) ?? 0) + d)
    total += d
  })
  console.log('==', name, total / 1000)
  for (const [k, v] of [...self].sort((a, b2) => b2[1] - a[1]).slice(0, 22))
    console.log((v / 1000).toFixed(0).padStart(6), k)
}
await b.close()
load.disconnect()
bff.kill()
sp.disconnect()
