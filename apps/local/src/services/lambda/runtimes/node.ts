/** The process of a function in JavaScript: loads its handler, and calls it with one event after the other. */
import { once } from 'node:events'
import { statSync, writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
import { Worker } from 'node:worker_threads'
import { encodeFrame, FrameReader } from '../frames.ts'
import {
  type FromFunction,
  INPUT,
  LIFELINE,
  OUTPUT,
  type RuntimeOptions,
  type ToFunction,
} from '../process-messages.ts'
import { errorDocument, loadHandler, namedError } from './node-handler.ts'

const options: RuntimeOptions = JSON.parse(process.argv[2] ?? '') // as FunctionProcess gives it
const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024

/**
 * A server that is gone, also by a signal, takes its functions along, also those that never wait for anything. The thread
 * waits in its event loop: one that is blocked in a read is waited for when the function ends the process.
 */
const lifeline = new Worker(
  `const end = () => process.kill(process.pid, 'SIGKILL')
   const { Socket } = require('node:net')
   new Socket({ fd: ${LIFELINE}, readable: true, writable: false }).on('error', end).on('close', end).resume()`,
  { eval: true, stdout: true, stderr: true },
)
// It is there before anything of the function runs, as code that never waits would let it come no more.
await once(lifeline, 'online')
lifeline.unref()

/** Waits until it is written: what was said before the end is heard. */
function send(head: FromFunction, body?: Uint8Array): void {
  const bytes = encodeFrame(head, body)
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(OUTPUT, bytes, sent)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    }
  }
}

/** An entry is cut behind that; much more at once would be taken for a defect of this process. */
const MAX_LOG_LENGTH = 256 * 1024
const log = (text: string) => send({ kind: 'log' }, Buffer.from(text.slice(0, MAX_LOG_LENGTH)))
const memoryMb = () => Math.ceil(process.memoryUsage.rss() / 1024 / 1024)

/** Of the invocation that is under way. */
let current: { readonly requestId: string; readonly end: (settle: () => void) => void } | undefined

/** As `console` writes in Lambda: the time, the request and the level before the text. */
function logAt(level: string, ...content: unknown[]): void {
  log(`${new Date().toISOString()}\t${current?.requestId ?? 'undefined'}\t${level}\t${format(...content)}`)
}
console.log = (...content) => logAt('INFO', ...content)
console.info = (...content) => logAt('INFO', ...content)
console.warn = (...content) => logAt('WARN', ...content)
console.error = (...content) => logAt('ERROR', ...content)
console.debug = (...content) => logAt('DEBUG', ...content)
console.trace = (...content) => {
  const { stack = '' } = new Error(format(...content))
  logAt('TRACE', stack.replace(/^Error/, 'Trace'))
}
for (const stream of [process.stdout, process.stderr]) {
  // What libraries write themselves is in the log in its order, too.
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()).replace(/\n$/, '')
    if (text !== '') log(text)
    for (const callback of rest) if (typeof callback === 'function') callback()
    return true
  }
}

/** Files of the function that were loaded, and when they had been changed. */
const loaded = new Map<string, number>()
const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

registerHooks({
  resolve: (specifier, context, next) => {
    try {
      return next(specifier, context)
    } catch (error) {
      // The AWS SDK is there in every runtime of Node.js, as it is with AWS.
      if (!/^@(aws-sdk|smithy)\//.test(specifier)) throw error
      return next(specifier, { ...context, parentURL: import.meta.url })
    }
  },
  load: (url, context, next) => {
    if (options.reloads && url.startsWith('file:') && !url.includes('/node_modules/')) {
      const path = fileURLToPath(url)
      loaded.set(path, changedAt(path))
    }
    return next(url, context)
  },
})

const isStale = () => loaded.entries().some(([path, at]) => changedAt(path) !== at)

/** Tells of an error and how the invocation ended by it. */
function fail(error: unknown, ends: boolean): void {
  const { document, logged } = errorDocument(error)
  const title = ends ? 'Uncaught Exception' : 'Invoke Error'
  logAt('ERROR', `${title} \t${JSON.stringify(logged)}`)
  send({ kind: 'error', memoryMb: memoryMb(), ends }, Buffer.from(JSON.stringify(document)))
  if (ends) process.exit(1)
}

function succeed(result: unknown): void {
  let text: string
  try {
    text = JSON.stringify(result) ?? 'null'
  } catch (error) {
    fail(namedError('Runtime.MarshalError', `Unable to stringify response body: ${String(error)}`), false)
    return
  }
  const body = Buffer.from(text)
  if (body.length > options.maxResultBytes) {
    const message = `Response payload size exceeded maximum allowed payload size (${options.maxResultBytes} bytes).`
    fail(namedError('Function.ResponseSizeTooLarge', message), false)
  } else send({ kind: 'result', memoryMb: memoryMb() }, body)
}

process.on('uncaughtException', (error) => fail(error, true))
process.on('unhandledRejection', (reason) => {
  const message = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)
  fail(namedError('Runtime.UnhandledPromiseRejection', message, reason), true)
})

const input = new Socket({ fd: INPUT, readable: true, writable: false })

async function main(): Promise<void> {
  let handler: Awaited<ReturnType<typeof loadHandler>>
  try {
    handler = await loadHandler(options.root, options.handler)
  } catch (error) {
    const { document, logged } = errorDocument(error)
    logAt('ERROR', `Uncaught Exception \t${JSON.stringify(logged)}`)
    send({ kind: 'unusable' }, Buffer.from(JSON.stringify(document)))
    process.exit(1)
  }
  const { AWS_LAMBDA_LOG_GROUP_NAME, AWS_LAMBDA_LOG_STREAM_NAME, AWS_LAMBDA_FUNCTION_NAME } = process.env
  const { AWS_LAMBDA_FUNCTION_VERSION, AWS_LAMBDA_FUNCTION_MEMORY_SIZE } = process.env

  function invoke({ requestId, functionArn, deadlineMs, clientContext }: ToFunction, payload: Buffer): void {
    if (options.reloads && isStale()) {
      send({ kind: 'stale' })
      process.exit(0)
    }
    let event: unknown
    let client: unknown
    try {
      event = JSON.parse(payload.toString())
      client = clientContext === undefined ? undefined : JSON.parse(clientContext)
    } catch (error) {
      send({ kind: 'unreadable', message: error instanceof Error ? error.message : String(error) })
      return
    }
    send({ kind: 'begun' })
    // The process has nothing to wait for but what the handler does: once that is done, the handler is done.
    input.unref()
    const end = (settle: () => void) => {
      if (current?.end !== end) return // it has ended already
      input.ref()
      settle()
      current = undefined
    }
    current = { requestId, end }
    let waitsForCallback: (() => void) | undefined
    const context = {
      callbackWaitsForEmptyEventLoop: true,
      functionName: AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: AWS_LAMBDA_FUNCTION_VERSION,
      memoryLimitInMB: AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: AWS_LAMBDA_LOG_STREAM_NAME,
      invokedFunctionArn: functionArn,
      awsRequestId: requestId,
      clientContext: client,
      identity: undefined,
      getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
    }
    const callback = (error?: unknown, result?: unknown) => {
      const settle = () => (error === undefined || error === null ? succeed(result) : fail(error, false))
      if (context.callbackWaitsForEmptyEventLoop) waitsForCallback ??= settle
      else end(settle)
    }
    onEmpty = () => end(waitsForCallback ?? (() => succeed(null)))
    try {
      const answer: unknown = handler(event, context, callback)
      if (!isThenable(answer)) return
      answer.then(
        (result) => end(() => succeed(result)),
        (error: unknown) => end(() => fail(error, false)),
      )
    } catch (error) {
      end(() => fail(error, false))
    }
  }

  /** What is done when nothing of the handler is left to wait for. */
  let onEmpty = () => {}
  process.on('beforeExit', () => onEmpty())
  const frames = new FrameReader<ToFunction>(MAX_PAYLOAD_BYTES)
  input.on('data', (piece: Buffer) => {
    for (const { head, body } of frames.read(piece)) invoke(head, body)
  })
  input.once('end', () => process.kill(process.pid, 'SIGKILL'))
  send({ kind: 'ready' })
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

await main()
