import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  type LambdaClient,
  ListFunctionsCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { FunctionClient } from './support/functions.ts'
import { until } from './support/until.ts'

// Functions by the official client: made from a .zip file, invoked, and what is in their logs.

let local: Local
let functions: FunctionClient
let lambda: LambdaClient
let logs: CloudWatchLogsClient

beforeAll(async () => {
  local = await startLocal()
  functions = new FunctionClient(local)
  lambda = functions.lambda
  logs = new CloudWatchLogsClient(local.sdk)
})
afterAll(async () => {
  functions[Symbol.dispose]()
  logs.destroy()
  await local.close()
})

const create = (...input: Parameters<FunctionClient['create']>) => functions.create(...input)
const invoke = (...input: Parameters<FunctionClient['invoke']>) => functions.invoke(...input)

test('a function from a .zip file is active at once, answers, and writes its log as Lambda does', async () => {
  const made = await create(
    'greet',
    {
      'index.mjs': `import { word } from './lib/word.mjs'
      export const handler = async (event, context) => {
        console.log('for', event.name)
        return { text: word + ' ' + event.name, by: context.functionName, env: process.env.COLOR }
      }`,
      'lib/word.mjs': `export const word = 'hello'`,
    },
    { Environment: { Variables: { COLOR: 'green' } }, Tags: { team: 'pumps' } },
  )
  expect(made).toMatchObject({
    FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:greet',
    State: 'Active',
    Version: '$LATEST',
    MemorySize: 128,
    Timeout: 30,
  })
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 5 }, { FunctionName: 'greet' })
  const done = await invoke('greet', { name: 'pump-7' }, { LogType: 'Tail' })
  expect(done.answer).toEqual({ text: 'hello pump-7', by: 'greet', env: 'green' })
  expect(done).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' })
  const id = done.$metadata.requestId
  expect(id).toBeDefined()
  expect(done.log).toMatch(
    /^START RequestId: [-0-9a-f]{36} Version: \$LATEST\n\S+Z\t[-0-9a-f]{36}\tINFO\tfor pump-7\nEND RequestId: /,
  )
  expect(done.log).toMatch(
    /REPORT RequestId: \S+\tDuration: \S+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \S+ ms/,
  )
  const events = await until(async () => {
    const found = await logs
      .send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/greet' }))
      .catch(() => undefined)
    return found?.events?.some(({ message = '' }) => message.startsWith('REPORT')) ? found.events : undefined
  })
  expect(events[0]?.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
  const { Code, Tags } = await lambda.send(new GetFunctionCommand({ FunctionName: 'greet' }))
  expect(Tags).toEqual({ team: 'pumps' })
  const zip = await fetch(Code?.Location ?? '')
  expect(
    Buffer.from(await zip.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
})

test('CommonJS, callbacks, and what has no answer', async () => {
  await create('old', {
    'index.js': `exports.handler = (event, context, callback) => { setTimeout(() => callback(null, event.n + 1), 1) }
      exports.silent = () => {}
      exports.never = async () => new Promise(() => {})`,
  })
  expect((await invoke('old', { n: 1 })).answer).toBe(2)
  await create('silent', { 'index.js': 'exports.handler = () => { setTimeout(() => console.log("late"), 20) }' })
  const { answer, log } = await invoke('silent', {}, { LogType: 'Tail' })
  expect(answer).toBeNull()
  expect(log).toContain('late')
  expect((await invoke('old', { n: 5 })).answer).toBe(6)
})

test.each([
  ['throws', `throw new TypeError('boom')`, { errorType: 'TypeError', errorMessage: 'boom' }],
  ['rejects', `return Promise.reject(new Error('no'))`, { errorType: 'Error', errorMessage: 'no' }],
  ['exits', `process.exit(3)`, { errorType: 'Runtime.ExitError' }],
  ['hangs', `for (;;);`, { errorType: 'Sandbox.Timedout' }],
  ['waits', `return new Promise((r) => setTimeout(r, 60000))`, { errorType: 'Sandbox.Timedout' }],
  ['large', `return 'x'.repeat(6291557)`, { errorType: 'Function.ResponseSizeTooLarge' }],
  ['circular', `const a = {}; a.a = a; return a`, { errorType: 'Runtime.MarshalError' }],
])('a function that fails: %s', async (name, body, expected) => {
  const Timeout = expected.errorType === 'Sandbox.Timedout' ? 1 : 60
  await create(name, { 'index.mjs': `export const handler = async () => { ${body} }` }, { Timeout })
  for (let time = 0; time < 2; time += 1) {
    const done = await invoke(name, {})
    expect(done.FunctionError).toBe('Unhandled')
    expect(done.answer).toMatchObject(expected)
  }
})

test.each([
  ['syntax', { 'index.mjs': 'export const handler = {' }, 'Runtime.UserCodeSyntaxError'],
  ['nofile', { 'other.mjs': '' }, 'Runtime.ImportModuleError'],
  ['nomodule', { 'index.mjs': `import 'not-there'; export const handler = 1` }, 'Runtime.ImportModuleError'],
  ['nohandler', { 'index.mjs': 'export const other = 1' }, 'Runtime.HandlerNotFound'],
])('a function that cannot be loaded says why: %s', async (name, files, errorType) => {
  await create(name, files)
  expect((await invoke(name, {})).answer).toMatchObject({ errorType })
})

test('the AWS SDK is there, and finds this server with the credentials of the role', async () => {
  await create(
    'asks',
    {
      'index.mjs': `import { IoTClient, CreateThingCommand } from '@aws-sdk/client-iot'
      import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
      export const handler = async () => {
        await new IoTClient({}).send(new CreateThingCommand({ thingName: 'made-by-function' }))
        return (await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn
      }`,
    },
    { Timeout: 30 },
  )
  expect((await invoke('asks', {})).answer).toBe(
    'arn:aws:sts::123456789012:assumed-role/functions-of-nobody-defined/asks',
  )
})

test('a function is told nothing of the environment of the server but where programs and endpoints are', async () => {
  expect(process.env).toHaveProperty('HOME') // there is something to keep from it
  await create('looks', { 'index.mjs': 'export const handler = async () => Object.keys(process.env)' })
  const { answer } = await invoke('looks', {})
  const own = /^(?:AWS_|LAMBDA_|_HANDLER$|LANG$|TZ$)/
  const told = (answer as string[]).filter((name) => !own.test(name)) // as the function above answers
  expect(told.sort()).toEqual(['PATH', 'TMPDIR', 'SystemRoot'].filter((name) => process.env[name] !== undefined).sort())
})

test('Python, where the machine has it', async () => {
  await create(
    'snake',
    {
      'app/main.py': `import logging, sys
logging.getLogger().setLevel("INFO")
def handler(event, context):
    print("one\\ntwo")
    sys.stdout.writelines(["lines\\n"])
    logging.info("three")
    if event.get("fail"):
        raise ValueError("bad")
    return {"sum": event["a"] + event["b"], "name": context.function_name, "left": context.get_remaining_time_in_millis() > 0}`,
    },
    { Runtime: 'python3.13', Handler: 'app/main.handler', Timeout: 10 },
  )
  const { answer, log } = await invoke('snake', { a: 1, b: 2 }, { LogType: 'Tail' })
  expect(answer).toEqual({ sum: 3, name: 'snake', left: true })
  expect(log).toMatch(/one\ntwo\nlines\n\[INFO\]\t\S+Z\t[-0-9a-f]{36}\tthree\n/)
  const failed = await invoke('snake', { fail: true })
  expect(failed.answer).toMatchObject({
    errorType: 'ValueError',
    errorMessage: 'bad',
    stackTrace: [expect.any(String)],
  })
})

test.each([
  ['a file is a folder, too', { a: '', 'a/b': '' }],
  ['a folder is a file, too', { 'index.mjs/': '', 'index.mjs': '' }],
  ['a name is too long', { ['x'.repeat(300)]: '' }],
  ['a path leads elsewhere', { '../index.mjs': '' }],
])('a .zip file in which %s is refused, and nothing is kept of it', async (_, files) => {
  await expect(functions.create('names', files)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining(
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    ),
  })
})

test('an entry of the log is cut, and ends nothing', async () => {
  await functions.create(
    'talks',
    `export const handler = async () => { console.log('x'.repeat(9_000_000)); return 'said' }`,
  )
  expect(await functions.invoke('talks')).toMatchObject({ answer: 'said' })
})

test('older clients end some paths in a slash', async () => {
  const { FunctionName } = await create('slash', { 'index.mjs': 'export const handler = () => 1' })
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}))
  expect(Functions.map((found) => found.FunctionName)).toContain(FunctionName)
  const { AccountUsage } = await lambda.send(new GetAccountSettingsCommand({}))
  expect(AccountUsage?.FunctionCount).toBeGreaterThan(0)
})
