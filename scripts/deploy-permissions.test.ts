import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { calledOperations, operationsOf } from './deploy/called-operations.ts'
import { differences, faultsOf } from './deploy/permissions.ts'
import { filledIn, listOf, readPolicyDocuments } from './deploy/policy-documents.ts'

const root = join(import.meta.dirname, '..')
/** What a console of one person calls with that person's own credentials, and never with the role. */
const OF_ONE_PERSON = ['apps/bff/src/aws/own-account/', 'apps/bff/src/modules/session/aws-sign-in/']
const called = calledOperations(root, 'apps/bff/src/**/*.ts', OF_ONE_PERSON)
const all = readPolicyDocuments()
const documents = new Map([...all].filter(([name]) => name.startsWith('console-')))

test('the console may do what it calls, and nothing else', () => {
  expect(called.size).toBeGreaterThan(200)
  expect(differences(called, documents)).toEqual([])
})

test('what is called and not allowed is told with who calls it, and so is what is allowed and not called', () => {
  const further = new Map([...called, ['iot:CreateDimension', ['apps/bff/src/x.ts']]])
  expect(differences(further, documents)).toEqual([
    'iot:CreateDimension is missing: apps/bff/src/x.ts calls iot:CreateDimension',
  ])
  const fewer = new Map([...called].filter(([operation]) => operation !== 'iot-data-plane:GetThingShadow'))
  expect(differences(fewer, documents)).toEqual(['iot:GetThingShadow is in console-read.json, and nothing calls it'])
})

test('commands and loops over pages are found under other names, too; what hides them is refused', () => {
  const text = `import { ListThingsCommand as Command, paginateListPolicies, type ListJobsCommandOutput } from '@aws-sdk/client-iot'`
  expect(operationsOf('x.ts', text)).toEqual(['iot:ListThings', 'iot:ListPolicies'])
  expect(() => operationsOf('x.ts', `import * as iot from '@aws-sdk/client-iot'`)).toThrow('imports all of')
  expect(() => operationsOf('x.ts', `const iot = await import('@aws-sdk/client-iot')`)).toThrow('while it runs')
  expect(() => operationsOf('x.ts', `import { IoT } from '@aws-sdk/client-iot'`)).toThrow('say here whether')
})

test('nothing else calls AWS with the role of the console: neither its pages nor the packages beneath', () => {
  expect([...calledOperations(root, 'apps/web/src/**/*.{ts,tsx}')]).toEqual([])
  const beneath =
    'packages/{certificates,contract,fleet-query,json,policies,provisioning,rules-sql,shadows,topics}/src/**/*.ts'
  expect([...calledOperations(root, beneath)]).toEqual([])
})

test.each([...all])('%s is a policy as narrow as its actions take it', async (name, { Version, Statement }) => {
  expect(Version).toBe('2012-10-17')
  const sids = Statement.map(({ Sid }) => Sid)
  expect(new Set(sids).size).toBe(sids.length)
  for (const statement of Statement) {
    expect(listOf(statement.Action).filter((action) => action.includes('*'))).toEqual([])
    expect(await faultsOf(statement), name).toEqual([])
  }
})

test('what is wider than it has to be is found', async () => {
  const statement = { Sid: 'S', Effect: 'Allow', Action: 'iot:DescribeThing' } as const
  expect(await faultsOf({ ...statement, Resource: '*' })).toEqual(['S: iot:DescribeThing is allowed on everything'])
  const policies = 'arn:aws:iot:us-east-1:123456789012:policy/*'
  expect(await faultsOf({ ...statement, Resource: [policies] })).toEqual([
    'S: iot:DescribeThing is about none of its resources',
    `S: nothing is done to ${policies}`,
  ])
  expect(await faultsOf({ ...statement, Action: 'iot:DescribeThings', Resource: '*' })).toEqual([
    'S: iot:DescribeThings is no action of AWS',
  ])
})

// IAM user guide, "IAM and AWS STS quotas": a managed policy has 6,144 characters, white space aside.
test.each([...documents])('%s is short enough for a managed policy of any region', (_name, document) => {
  const parameters = {
    PassableRoles: `arn:aws-us-gov:iam::123456789012:role/${'p'.repeat(64)}/*`,
    InvokableFunctions: `arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:${'f'.repeat(64)}`,
    ReadableTables: `arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/${'t'.repeat(255)}`,
    RegistrationFiles: `arn:aws-us-gov:s3:::${'b'.repeat(63)}/*`,
  }
  const place = { account: '123456789012', region: 'ap-northeast-1', partition: 'aws-us-gov', parameters }
  expect(JSON.stringify(filledIn(document, place)).length).toBeLessThan(6_144)
})

const REFERENCE = join(root, 'docs/reference/permissions.md')
const SECTION = /(<!-- documents: [^\n]*-->\n)[\s\S]*?(<!-- end of documents -->)/

/** Each document with its statements: what is allowed on what. */
function documentTables(): string {
  return [...all]
    .map(([name, { Statement }]) => {
      const rows = Statement.map(({ Effect, Action, Resource }) => {
        const cell = (texts: readonly string[]) => texts.map((text) => `\`${text}\``).join(', ')
        const short = listOf(Resource).map((resource) => resource.replace(/^arn:\$\{AWS::Partition\}:/, '…:'))
        return `| ${Effect === 'Deny' ? '**denied:** ' : ''}${cell(listOf(Action))} | ${cell(short)} |`
      })
      return `### ${name}.json\n\n| actions | on |\n| --- | --- |\n${rows.join('\n')}\n`
    })
    .join('\n')
}

test('docs/reference/permissions.md lists the documents (vitest -u writes it)', async () => {
  const text = readFileSync(REFERENCE, 'utf8')
  expect(text).toMatch(SECTION)
  const expected = text.replace(SECTION, (_, start, end) => `${start}\n${documentTables()}\n${end}`)
  await expect(expected).toMatchFileSnapshot(REFERENCE)
})

test('and says of each action of the console what it is for', () => {
  const [, table = ''] = readFileSync(REFERENCE, 'utf8').split('| action | for |')
  const explained = new Set(
    [...(table.split('\n\n')[0] ?? '').matchAll(/`([a-z0-9-]+:[A-Z]\w+)`/g)].map(([, name]) => name),
  )
  for (const other of ['iot:Jobs', 'iot:IncludeSocketInformation']) explained.delete(other) // an endpoint, and a condition key
  const allowed = [...documents.values()].flatMap(({ Statement }) => Statement.flatMap(({ Action }) => listOf(Action)))
  expect([...explained].sort()).toEqual([...new Set(allowed)].sort())
})
