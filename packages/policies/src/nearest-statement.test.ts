import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePolicies, evaluate, nearestStatements, parsePolicyDocument } from './index.ts'
import { patternDifference } from './pattern-difference.ts'
import { parseTemplate } from './template.ts'
import { matchesWildcard, parseWildcard } from './wildcard.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012'
const policy = (policyName: string, ...statements: object[]) => ({
  policyName,
  document: parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements })),
})
const allow = (action: string, resource: string | string[], rest: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...rest,
})
const context = { 'iot:ClientId': 'pump-7', 'iot:Connection.Thing.ThingName': 'pump-7' }
const publish = (topic: string) => ({ action: 'iot:Publish', resource: `${ARN}:topic/${topic}`, context })

const marked = (stretches: readonly { text: string; isSame: boolean }[]) =>
  stretches.map(({ text, isSame }) => (isSame ? text : `[${text}]`)).join('')

describe('where a pattern and a text part', () => {
  test.each([
    ['dt/pump-7/*', 'dt/pump-8/telemetry', 1, 'dt/pump-[7]/*', 'dt/pump-[8]/telemetry'],
    ['dt/a', 'dt/a/b', 2, 'dt/a', 'dt/a[/b]'],
    ['dt/a/b', 'dt/a', 2, 'dt/a[/b]', 'dt/a'],
    ['topicfilter/a/?', 'topicfilter/a/bc', 1, 'topicfilter/a/?', 'topicfilter/a/b[c]'],
    ['dt/#', 'dt/x', 1, 'dt/[#]', 'dt/[x]'],
    ['*/t', 'dt/x/u', 1, '*/[t]', 'dt/x/[u]'],
  ])('%s on %s: %i', (pattern, text, edits, shownPattern, shownText) => {
    const parts = parseTemplate(pattern, { wildcards: true, variables: true })
    const found = patternDifference(parts, text)
    expect({ edits: found.edits, pattern: marked(found.pattern), text: marked(found.text) }).toEqual({
      edits,
      pattern: shownPattern,
      text: shownText,
    })
  })

  test('a variable without a value differs, and may stand for whatever is there', () => {
    const parts = parseTemplate(`dt/\${iot:Connection.Thing.ThingName}/t`, { wildcards: true, variables: true })
    const found = patternDifference(parts, 'dt/pump-7/t')
    expect(marked(found.pattern)).toBe(`dt/[\${iot:Connection.Thing.ThingName}]/t`)
    expect(marked(found.text)).toBe('dt/[pump-7]/t')
  })

  test('there is no difference exactly where the pattern matches, and nothing is lost', () => {
    const scraps = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 })
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 })
    fc.assert(
      fc.property(scraps, texts, (pattern, text) => {
        const found = patternDifference(parseTemplate(pattern, { wildcards: true, variables: false }), text)
        expect(found.edits === 0).toBe(matchesWildcard(parseWildcard(pattern), text))
        expect(found.text.map((stretch) => stretch.text).join('')).toBe(text)
        expect(found.pattern.map((stretch) => stretch.text).join('')).toBe(pattern)
      }),
    )
  })
})

describe('the nearest statement', () => {
  test('is the one with fewest characters to change, as written and with its variables replaced', () => {
    const policies = [
      policy('base', allow('iot:Connect', '*'), allow('iot:Publish', `${ARN}:topic/status/*`)),
      policy(
        'device',
        allow('iot:Publish', [`${ARN}:topic/x`, `${ARN}:topic/dt/\${iot:Connection.Thing.ThingName}/*`]),
      ),
    ]
    const [nearest] = nearestStatements(policies, publish('dt/pump-8/telemetry'))
    expect(nearest).toMatchObject({
      statement: { policyName: 'device', statementIndex: 0 },
      coversAction: true,
      resource: { written: `${ARN}:topic/dt/\${iot:Connection.Thing.ThingName}/*` },
      missing: [],
      unmet: [],
    })
    expect(marked(nearest?.resource?.difference.pattern ?? [])).toBe(`${ARN}:topic/dt/pump-[7]/*`)
  })

  test('a statement about another action is further off than a resource that is a little different', () => {
    const policies = [
      policy('p', allow('iot:Receive', `${ARN}:topic/dt/pump-8/t`), allow('iot:Publish', `${ARN}:topic/dt/pump-7/t`)),
    ]
    const [nearest, next] = nearestStatements(policies, publish('dt/pump-8/t'))
    expect(nearest?.statement.statementIndex).toBe(1)
    expect(next).toMatchObject({ coversAction: false, actions: ['iot:Receive'] })
    expect(next?.resource).toBeUndefined()
  })

  test('tells conditions that do not hold, with what there is instead', () => {
    const condition = {
      StringEquals: { 'iot:ClientId': 'pump-9' },
      Bool: { 'iot:Connection.Thing.IsAttached': 'true' },
    }
    const policies = [policy('p', allow('iot:Publish', '*', { Condition: condition }))]
    expect(nearestStatements(policies, publish('t'))).toEqual([
      expect.objectContaining({
        isLeftOut: false,
        missing: ['iot:Connection.Thing.IsAttached'],
        unmet: [
          { operator: 'StringEquals', key: 'iot:ClientId', values: ['pump-9'], actual: 'pump-7' },
          { operator: 'Bool', key: 'iot:Connection.Thing.IsAttached', values: ['true'], actual: undefined },
        ],
      }),
    ])
  })

  test('NotResource that leaves it out has no difference to show', () => {
    const policies = [policy('p', { Effect: 'Allow', Action: 'iot:Publish', NotResource: `${ARN}:topic/secret/*` })]
    const [nearest] = nearestStatements(policies, publish('secret/a'))
    expect(nearest).toMatchObject({ isLeftOut: true })
    expect(nearest?.resource).toBeUndefined()
  })

  test('Deny statements and those that match are none', () => {
    const policies = [policy('p', { Effect: 'Deny', Action: 'iot:Publish', Resource: '*' }, allow('iot:Publish', '*'))]
    expect(evaluate(compilePolicies(policies), publish('t')).decision).toBe('EXPLICIT_DENY')
    expect(nearestStatements(policies, publish('t'))).toEqual([])
  })
})
