/**
 * The live inspector beside MQTTX web and MQTT Explorer: the same broker, load, browser and machine.
 *
 * Both peers are programs of others, under licences of their own: build and serve them as their own instructions say
 * (MQTTX: the folder `web`; MQTT Explorer: `BROWSER_MODE.md`, with `MQTT_EXPLORER_SKIP_AUTH=true`), then name where:
 *
 *     npm run bench inspector-peers -- --mqttx http://localhost:8080/ --mqtt-explorer http://localhost:3000/
 *
 * Each connects to the embedded server over WebSocket, with a presigned URL. `kept` is what can be opened afterwards.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ensureBrowser } from '../scripts/ensure-browser.ts'
import { buildWebApp } from '../scripts/web-build.ts'
import { measure, type Result, type Subject } from './inspector/measure.ts'
import { mqttExplorer } from './inspector/peers/mqtt-explorer.ts'
import { mqttx } from './inspector/peers/mqttx.ts'
import { HEADINGS, row } from './inspector/report.ts'
import { type LoadRequest, Stage } from './inspector/stage.ts'
import { control, inspector } from './inspector/subjects.ts'

/** After the load: a page that has not answered by then is given up. */
const PATIENCE_MS = 120_000
const TOPICS = 100
const { values } = parseArgs({
  options: {
    mqttx: { type: 'string' },
    'mqtt-explorer': { type: 'string' },
    rates: { type: 'string', default: '100,500,1000,5000' },
    seconds: { type: 'string', default: '10' },
    /** A built console, if not the one of this folder. */
    'web-root': { type: 'string' },
    /** Path of the browser, if another than the tests' own. */
    chromium: { type: 'string' },
  },
})

/** A sentence when the page answered no more, or not as it should; there is another browser then. */
async function measureOrGiveUp(stage: Stage, subject: Subject, request: LoadRequest): Promise<Result | string> {
  const words = `The page gave no answer for ${PATIENCE_MS / 1_000} s`
  const deadline = delay(request.seconds * 1_000 + PATIENCE_MS, words, { ref: false })
  const outcome = await Promise.race([measure(stage, subject, request).catch(String), deadline])
  if (typeof outcome === 'string') {
    await stage.replaceBrowser()
    await stage.signIn()
  }
  return outcome
}

const webRoot = values['web-root'] ?? (await buildWebApp())
const peers = [values.mqttx, values['mqtt-explorer']].filter((url) => url !== undefined)
const origins = peers.map((url) => new URL(url).origin)
const stage = await Stage.open({ chromium: values.chromium ?? ensureBrowser(), webRoot, origins })
try {
  await stage.signIn()
  const subjects: [string, Subject][] = [
    ['control', control(stage)],
    ['Thingdeck, list', inspector(stage, 'list')],
    ['Thingdeck, tree', inspector(stage, 'tree')],
    ...(values.mqttx === undefined ? [] : [['MQTTX web', mqttx(stage, values.mqttx)] satisfies [string, Subject]]),
    ...(values['mqtt-explorer'] === undefined
      ? []
      : [['MQTT Explorer', mqttExplorer(stage, values['mqtt-explorer'], TOPICS)] satisfies [string, Subject]]),
  ]
  const beaten = new Set<string>()
  console.log(HEADINGS)
  for (const rate of values.rates.split(',').map(Number)) {
    for (const [name, subject] of subjects) {
      if (beaten.has(name)) continue
      const result = await measureOrGiveUp(stage, subject, { rate, topics: TOPICS, seconds: Number(values.seconds) })
      const label = `${name}, ${rate}/s`
      console.log(typeof result === 'string' ? `${label}: ${result}. It is not asked for more.` : row(label, result))
      if (typeof result === 'string') beaten.add(name)
    }
  }
} finally {
  await stage.close()
}
