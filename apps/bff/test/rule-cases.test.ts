import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditPage, KeptRuleCases, ProblemBody, RuleCase } from '@thingdeck/contract'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { KeptCases } from '../src/modules/rule-cases/kept-cases.ts'
import { openStores } from '../src/stores/stores.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const [vera, ada] = [new Browser(), new Browser()]

beforeAll(async () => {
  console = await startConsole()
  await signIn(vera, console.url, 'vera')
  await signIn(ada, console.url, 'ada')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function put(ruleName: string, body: object) {
  const response = await ada.fetch(`${console.url}/api/rule-cases/${ruleName}`, {
    method: 'PUT',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, answered: (await response.json()) as KeptRuleCases & ProblemBody }
}
const read = async (ruleName: string): Promise<KeptRuleCases> =>
  (await (await vera.fetch(`${console.url}/api/rule-cases/${ruleName}`)).json()) as KeptRuleCases

const HOT: RuleCase = {
  name: 'hot',
  topic: 'dt/pump-7/telemetry',
  payload: '{"temperature":31}',
  receivedAtMs: 1,
  answers: [{ functionName: 'aws_lambda', answer: '{}' }],
  expected: { outcome: 'matched', output: '{"t":31}' },
}

const ACCOUNT = { account: '123456789012', region: 'us-east-1' }

test('what an operator keeps everybody reads; of two who change the same the second is told', async () => {
  expect(await read('pumps_hot')).toEqual({ cases: [], revision: 0 })
  expect(await put('pumps_hot', { cases: [HOT], revision: 0 })).toMatchObject({
    status: 200,
    answered: { revision: 1 },
  })
  expect(await read('pumps_hot')).toEqual({ cases: [HOT], revision: 1 })
  expect(await read('others')).toEqual({ cases: [], revision: 0 })
  expect(await put('pumps_hot', { cases: [], revision: 0 })).toMatchObject({
    status: 409,
    answered: { code: 'RULE_CASES_CHANGED' },
  })
  const response = await vera.fetch(`${console.url}/api/audit?resourceType=rule-cases`)
  const { entries } = (await response.json()) as AuditPage
  expect(entries.filter(({ outcome }) => outcome.code === undefined)).toMatchObject([
    { action: 'PutRuleCases', changes: [{ path: '$.hot', afterText: '"dt/pump-7/telemetry: matched"' }] },
  ])
})

test('what get_secret() is to answer is for those alone who may keep it, and what stands for it is not kept', async () => {
  const secret: RuleCase = { ...HOT, answers: [{ functionName: 'get_secret', answer: 'really secret' }] }
  expect(await put('secretive', { cases: [secret], revision: 0 })).toMatchObject({ status: 200 })
  const hidden = await read('secretive')
  expect(hidden.cases[0]?.answers).toEqual([{ functionName: 'get_secret', answer: '(hidden)' }])
  const forAda = await ada.fetch(`${console.url}/api/rule-cases/secretive`)
  expect(await forAda.json()).toEqual({ cases: [secret], revision: 1 })
  expect(await put('secretive', hidden)).toMatchObject({
    status: 400,
    answered: { code: 'BAD_REQUEST', detail: expect.stringContaining('the test case hot') },
  })
})

test('test cases outlive the console, and lie beside what everybody reads all the time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thingdeck-rule-cases-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const sharedFile = join(folder, 'shared.json')
  const openStored = () => openStores({ sharedFile, auditKeeps: 10, ...ACCOUNT }, pino({ level: 'silent' }))
  const stores = await openStored()
  const kept = new KeptCases(stores.ruleCases)
  await kept.put('pumps_hot', { cases: [HOT], revision: 0 })
  await kept.put('PUMPS_hot', { cases: [], revision: 0 })
  await stores.close()
  const again = await openStored()
  expect(await new KeptCases(again.ruleCases).read('pumps_hot')).toEqual({ cases: [HOT], revision: 1 })
  await again.close()
  await expect(readFile(sharedFile)).rejects.toThrow('ENOENT')
})

test('a case with what nobody described is refused, and named', async () => {
  const answer = await put('pumps', { cases: [{ ...HOT, expect: 'matched' }], revision: 0 })
  expect(answer).toMatchObject({ status: 400, answered: { code: 'BAD_REQUEST' } })
  expect(JSON.stringify(answer.answered)).toContain('expect')
})
