import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { GetPolicyCommand, ListFunctionsCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { startLocal } from '../src/index.ts'
import { FunctionClient } from './support/functions.ts'
import { Inbox } from './support/inbox.ts'
import { ServerProcess } from './support/server-process.ts'
import { until } from './support/until.ts'

// What becomes of functions and of their processes: events that fail, servers that end, files that change.

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'functions-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Hears what functions say over TCP, and when they end: a line and the end of its connection. */
async function listener() {
  const said = new Inbox<string>()
  const gone = new Inbox<string>()
  const server = createServer((socket) => {
    let text = ''
    socket.on('data', (piece) => {
      text += piece
      said.put(piece.toString())
    })
    socket.on('error', () => {})
    socket.on('close', () => gone.put(text))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  /** Source of a function that says something, waits until it was sent, and then does something. */
  const saying = (expression: string, then: string) =>
    `import { connect } from 'node:net'
     export const handler = async (event) => {
       const socket = connect(${port}, '127.0.0.1')
       socket.on('error', () => {})
       await new Promise((done) => socket.write(String(${expression}), done))
       ${then}
     }`
  return { said, gone, saying }
}

test('an event whose function fails is tried twice more, a minute and two minutes later', {
  timeout: 120_000,
}, async () => {
  await using local = await startLocal()
  using functions = new FunctionClient(local)
  const { said, saying } = await listener()
  await functions.create('fails', saying('event.n', `socket.end(); throw new Error('again')`))
  await functions.invoke('fails', { n: 1 }, { InvocationType: 'Event' })
  expect(await said.take()).toBe('1')
  const metric = async (MetricName: string) => {
    const cloudwatch = new CloudWatchClient(local.sdk)
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/Lambda',
        MetricName,
        Dimensions: [{ Name: 'FunctionName', Value: 'fails' }],
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(Date.now() + 3_600_000),
        Period: 86_400,
        Statistics: ['Sum'],
      }),
    )
    cloudwatch.destroy()
    return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0)
  }
  for (const tries of [1, 2]) {
    await until(async () => (await metric('Errors')) === tries || undefined)
    local.advanceClock(tries * 60_000)
    expect(await said.take()).toBe('1')
  }
  await until(async () => (await metric('AsyncEventsDropped')) === 1 || undefined)
  expect(await metric('Invocations')).toBe(3)
  await functions.lambda.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName: 'fails', MaximumRetryAttempts: 0 }),
  )
  await functions.invoke('fails', { n: 2 }, { InvocationType: 'Event' })
  expect(await said.take()).toBe('2')
  await until(async () => (await metric('AsyncEventsDropped')) === 2 || undefined)
})

test('a server that is killed takes its functions along, also one that never waits; they are back with the next one, and so are events', {
  timeout: 120_000,
}, async () => {
  const args = ['--data', temporaryFolder()]
  const { said, gone, saying } = await listener()
  const server = await ServerProcess.start(args)
  const functions = new FunctionClient(server.local)
  await functions.create('kept', 'export const handler = async () => 1', { Publish: true })
  await functions.create('busy', saying(`'busy'`, 'for (;;);'), { Timeout: 900 })
  const invoked = functions.invoke('busy').catch((error: Error) => error)
  expect(await said.take()).toBe('busy')
  await server.stop('SIGKILL')
  expect(await gone.take()).toBe('busy')
  functions[Symbol.dispose]()
  await invoked
  const next = await ServerProcess.start(args)
  using again = new FunctionClient(next.local)
  expect((await again.invoke('kept:1')).answer).toBe(1)
  // An event that is under way at an orderly end, or waits, goes on with the next server.
  await again.invoke('busy', {}, { InvocationType: 'Event' })
  expect(await said.take()).toBe('busy')
  await next.stop('SIGTERM')
  const last = await ServerProcess.start(args)
  expect(await said.take()).toBe('busy')
  await last.stop('SIGKILL') // its event has no end
})

test('a reset ends functions, and takes them with all that belongs to them', async () => {
  await using local = await startLocal()
  using functions = new FunctionClient(local)
  const { said, gone, saying } = await listener()
  await functions.create('busy', saying(`'busy'`, 'await new Promise((done) => setTimeout(done, 900000))'), {
    Timeout: 900,
  })
  const invoked = functions.invoke('busy')
  expect(await said.take()).toBe('busy')
  local.reset()
  expect(await gone.take()).toBe('busy')
  expect((await invoked).answer).toMatchObject({ errorType: 'Runtime.ExitError' })
  expect((await functions.lambda.send(new ListFunctionsCommand())).Functions).toEqual([])
  await functions.create('busy', 'export const handler = async () => 2')
  expect((await functions.invoke('busy')).answer).toBe(2)
})

test('what a function has started ends with it', async () => {
  await using local = await startLocal()
  using functions = new FunctionClient(local)
  const { said, gone, saying } = await listener()
  const waiting = saying(`'child'`, 'await new Promise((done) => setTimeout(done, 900000))')
  const child = JSON.stringify(`${waiting.replace('export const handler', 'const run')};run()`)
  await functions.create(
    'parent',
    `import { spawn } from 'node:child_process'
     export const handler = async () => {
       spawn(process.execPath, ['--input-type=module', '-e', ${child}])
       await new Promise((done) => setTimeout(done, 900000))
     }`,
    { Timeout: 900 },
  )
  const invoked = functions.invoke('parent')
  expect(await said.take()).toBe('child')
  local.reset()
  expect((await invoked).answer).toMatchObject({ errorType: 'Runtime.ExitError' })
  expect(await gone.take()).toBe('child')
})

test('what a function has left behind keeps neither the next event waiting nor the end of the server', async () => {
  await using local = await startLocal()
  using functions = new FunctionClient(local)
  await functions.create(
    'leaves',
    `import { spawn } from 'node:child_process'
     export const handler = async () => {
       // Of a group of its own, with the outputs of this process.
       spawn(process.execPath, ['-e', 'setTimeout(() => {}, 10000)'], { detached: true, stdio: 'inherit' }).unref()
       process.exit(7)
     }`,
  )
  for (let time = 0; time < 2; time += 1) {
    expect((await functions.invoke('leaves')).answer).toMatchObject({
      errorMessage: expect.stringContaining('exit status 7'),
    })
  }
})

test('a folder of modules: each is a function, and what is changed is run as it is then', {
  timeout: 120_000,
}, async () => {
  const folder = temporaryFolder()
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text)
  write('pump.mjs', `import { word } from './_word.mjs'\nexport const handler = async () => word`)
  write('_word.mjs', `export const word = 'one'`)
  mkdirSync(join(folder, 'typed'))
  write('typed/index.ts', `export const handler = async (event: { n: number }): Promise<number> => event.n + 1`)
  write('snake.py', 'def lambda_handler(event, context):\n    return "py 1"\n')
  write('README.md', 'not a function')
  await using local = await startLocal({ functions: folder })
  using functions = new FunctionClient(local)
  const answerOf = async (name: string, event: unknown = {}) => (await functions.invoke(name, event)).answer
  const names = async () =>
    (await functions.lambda.send(new ListFunctionsCommand())).Functions?.map(({ FunctionName }) => FunctionName)
  expect(await names()).toEqual(['pump', 'snake', 'typed'])
  expect(await answerOf('typed', { n: 1 })).toBe(2)
  expect(await answerOf('pump')).toBe('one')
  write('_word.mjs', `export const word = 'another'`)
  expect(await answerOf('pump')).toBe('another')
  expect(await answerOf('snake')).toBe('py 1')
  write('snake.py', 'def lambda_handler(event, context):\n    return "py two"\n')
  expect(await answerOf('snake')).toBe('py two')
  write('added.js', 'exports.handler = async () => "added"')
  expect(await answerOf('added')).toBe('added')
  rmSync(join(folder, 'added.js'))
  await expect(functions.invoke('added')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const { Policy = '' } = await functions.lambda.send(new GetPolicyCommand({ FunctionName: 'pump' }))
  expect(JSON.parse(Policy).Statement[0].Principal).toEqual({ Service: 'iot.amazonaws.com' })
  local.reset()
  expect(await names()).toEqual(['pump', 'snake', 'typed'])
})

test('many at once: some run, the others wait for their turn, and the server answers meanwhile', async () => {
  await using local = await startLocal()
  using functions = new FunctionClient(local)
  await functions.create(
    'many',
    'export const handler = async ({ n }) => { console.log("x".repeat(100000)); return n }',
  )
  const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => functions.invoke('many', { n })))
  expect(answers.map(({ answer }) => answer)).toEqual(Array.from({ length: 60 }, (_, n) => n))
})
