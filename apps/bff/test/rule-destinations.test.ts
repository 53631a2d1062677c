import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CreateTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import {
  type AuditPage,
  addressOf,
  endpoints,
  type RuleDestination,
  type RuleDestinationPage,
  type RuleDestinationUses,
} from '@thingdeck/contract'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const grace = new Browser()
/** What AWS IoT sent to the owner of the endpoint. */
const challenges: { readonly arn: string; readonly confirmationToken: string; readonly enableUrl: string }[] = []
let endpoint: Server
let url = ''

beforeAll(async () => {
  endpoint = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    challenges.push(JSON.parse(Buffer.concat(chunks).toString()))
    response.end()
  })
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
  const { port } = endpoint.address() as AddressInfo // of a server that listens on TCP
  url = `http://127.0.0.1:${port}`
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => {
  endpoint.close()
  await console[Symbol.asyncDispose]()
})
beforeEach(() => {
  challenges.length = 0
})

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, path, body)
const create = (destinationConfiguration: object) =>
  call<RuleDestination>('POST', '/api/rule-destinations', { destinationConfiguration })
const ofArn = (arn: string) => addressOf(endpoints.getRuleDestination, { params: { arn } })

test('an HTTP destination: made, confirmed by the token that its URL was sent, disabled, enabled, asked again, deleted', async () => {
  const made = await create({ httpUrlConfiguration: { confirmationUrl: `${url}/hook` } })
  expect(made).toMatchObject({ status: 200, body: { status: 'IN_PROGRESS' } })
  const { arn } = made.body
  await vi.waitFor(() => expect(challenges).toMatchObject([{ arn }]), { timeout: 20_000 })
  const token = challenges[0]?.confirmationToken ?? ''

  const wrong = await call('POST', `${ofArn(arn)}/confirmation`, { confirmationToken: 'another' })
  expect(wrong).toMatchObject({ status: 400, body: { code: 'InvalidRequestException' } })
  const confirmed = await call<RuleDestination>('POST', `${ofArn(arn)}/confirmation`, { confirmationToken: token })
  expect(confirmed).toMatchObject({ status: 200, body: { arn, status: 'ENABLED' } })

  const { body: page } = await call<RuleDestinationPage>('GET', '/api/rule-destinations?maxResults=100')
  expect(page.destinations).toContainEqual(
    expect.objectContaining({ arn, status: 'ENABLED', httpUrl: { confirmationUrl: `${url}/hook` } }),
  )
  for (const status of ['DISABLED', 'ENABLED', 'IN_PROGRESS']) {
    expect(await call('PATCH', ofArn(arn), { status })).toMatchObject({ status: 200, body: { arn, status } })
  }
  await vi.waitFor(() => expect(challenges).toHaveLength(2), { timeout: 20_000 }) // IN_PROGRESS asks once more
  expect(await call('DELETE', ofArn(arn))).toMatchObject({ status: 204 })
  expect(await call('GET', ofArn(arn))).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })

  const { body: trail } = await call<AuditPage>('GET', '/api/audit?resourceType=rule-destination')
  expect(trail.entries.map(({ action, outcome }) => [action, outcome.code])).toEqual([
    ['DeleteTopicRuleDestination', undefined],
    ['UpdateTopicRuleDestination', undefined],
    ['UpdateTopicRuleDestination', undefined],
    ['UpdateTopicRuleDestination', undefined],
    ['ConfirmTopicRuleDestination', undefined],
    ['ConfirmTopicRuleDestination', 'InvalidRequestException'],
    ['CreateTopicRuleDestination', undefined],
  ])
  expect(trail.entries[4]).toMatchObject({
    resource: { type: 'rule-destination', id: arn },
    changes: expect.arrayContaining([expect.objectContaining({ beforeText: '"IN_PROGRESS"', afterText: '"ENABLED"' })]),
  })
  expect(JSON.stringify(trail)).not.toContain(token)
})

test('where nobody answers, the reason is told', async () => {
  const { body } = await create({ httpUrlConfiguration: { confirmationUrl: 'http://127.0.0.1:9/' } })
  await vi.waitFor(
    async () => {
      expect((await call<RuleDestination>('GET', ofArn(body.arn))).body.statusReason).toMatch(/ECONNREFUSED|connect/)
    },
    { timeout: 20_000 },
  )
})

test('a VPC is enabled at once here; a wrong id of a subnet is refused before AWS is asked', async () => {
  const vpcConfiguration = {
    vpcId: 'vpc-1',
    subnetIds: ['subnet-1'],
    securityGroups: ['sg-1'],
    roleArn: 'arn:aws:iam::123456789012:role/kafka',
  }
  expect(await create({ vpcConfiguration })).toMatchObject({ body: { status: 'ENABLED', vpc: vpcConfiguration } })
  expect(await create({ vpcConfiguration: { ...vpcConfiguration, subnetIds: ['one'] } })).toMatchObject({ status: 400 })
})

test('which rules send there: by the URL that was confirmed, or by the ARN', async () => {
  const { body: vpc } = await create({
    vpcConfiguration: { vpcId: 'vpc-2', subnetIds: ['subnet-2'], roleArn: 'arn:aws:iam::123456789012:role/kafka' },
  })
  const iot = new IoTClient(console.sdk)
  await iot.send(
    new CreateTopicRuleCommand({
      ruleName: 'to_both',
      topicRulePayload: {
        sql: "SELECT * FROM 'a'",
        actions: [{ http: { url: `${url}/hook/\${topic()}`, confirmationUrl: `${url}/hook/` } }],
        errorAction: {
          kafka: {
            destinationArn: vpc.arn,
            topic: 't',
            clientProperties: { 'bootstrap.servers': '127.0.0.1:9092', 'security.protocol': 'PLAINTEXT' },
          },
        },
      },
    }),
  )
  iot.destroy()
  const { body } = await call<RuleDestinationUses>('GET', '/api/rule-destination-uses')
  expect(body).toEqual({
    isAll: true,
    uses: [
      {
        ruleName: 'to_both',
        isRuleDisabled: false,
        isErrorAction: false,
        action: 'http',
        confirmationUrl: `${url}/hook/`,
      },
      { ruleName: 'to_both', isRuleDisabled: false, isErrorAction: true, action: 'kafka', destinationArn: vpc.arn },
    ],
  })
})
