/** Starts servers one after the other in this process, and tells the parent how long each took. */
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTlsServer } from 'node:tls'
import { sendOne } from '../api/http-load.ts'
import { signedRequest } from '../api/signed-request.ts'

export interface StartFigures {
  readonly importMs: number
  readonly readyMs: number[]
  readonly firstAnswerMs: number[]
  readonly resetMs: number[]
  readonly closeMs: number[]
  /** Servers of HTTP and TLS that do nothing. */
  readonly bareMs: number[]
}

const THINGS = 1000

let markMs = performance.now()
function lap(): number {
  const passedMs = performance.now() - markMs
  markMs = performance.now()
  return passedMs
}

const { startLocal } = await import('../../apps/local/src/index.ts')
const figures = {
  importMs: lap(),
  readyMs: [],
  firstAnswerMs: [],
  resetMs: [],
  closeMs: [],
  bareMs: [],
} as StartFigures

for (let round = 0; round < Number(process.argv[2] ?? 1); round++) {
  lap()
  const http = createHttpServer().listen(0, '127.0.0.1')
  const tls = createTlsServer().listen(0, '127.0.0.1')
  await Promise.all([once(http, 'listening'), once(tls, 'listening')])
  figures.bareMs.push(lap())
  http.close()
  tls.close()

  lap()
  const local = await startLocal()
  figures.readyMs.push(lap())
  const port = Number(new URL(local.urls.http).port)
  await sendOne(port, signedRequest({ service: 'iot', method: 'GET', path: '/things' }, port))
  figures.firstAnswerMs.push((figures.readyMs.at(-1) ?? 0) + lap())
  for (let index = 0; index < THINGS; index++) {
    await sendOne(port, signedRequest({ service: 'iot', method: 'POST', path: `/things/pump-${index}` }, port))
  }
  lap()
  local.reset()
  figures.resetMs.push(lap())
  await local.close()
  figures.closeMs.push(lap())
}
process.send?.(figures)
process.disconnect?.()
