import * as iot from '@aws-sdk/client-iot'
import { GUIDE_CASES } from '../../packages/rules-sql/src/guide-cases.ts'
import type { Area, Check } from '../check.ts'
import type { RunContext } from '../context.ts'
import type { Device } from '../device.ts'

const VERSION = '2016-03-23'

/** Functions and operators, each a member of one rule's result: what is Undefined is left out of it. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  abs: 'abs(-5)',
  absOfText: "abs('x')",
  bitand: 'bitand(13, 5)',
  ceil: 'ceil(1.2)',
  concat: "concat('a', 1, true)",
  concatArrays: 'concat([1], [2, 3])',
  concatNothing: 'concat(none, 1)',
  divided: '7 / 2',
  dividedByZero: '1 / 0',
  modulo: '-7 % 3',
  textAsNumber: "'3' + 4",
  plusText: "1 + 'x'",
  equal: "1 = '1'",
  notEqual: '1 <> 2',
  lessTexts: "'a' < 'b'",
  andUndefined: 'none AND false',
  endswith: "endswith('cat', 'at')",
  floor: 'floor(-1.2)',
  get: "get({'a': 1}, 'a')",
  getOfArray: 'get([1, 2], 1)',
  indexof: "indexof('abcd', 'bc')",
  isNull: 'isNull(nothing)',
  isNullOfNone: 'isNull(none)',
  isUndefined: 'isUndefined(none)',
  length: "length('héllo')",
  lower: "lower('ÄBC')",
  lpad: "lpad('ab', 2)",
  ltrim: "ltrim('  ab ')",
  md5: "md5('hello')",
  mod: 'mod(8, 3)',
  nanvl: 'nanvl(8, 3)',
  numbytes: "numbytes('hi ☺')",
  power: 'power(2, 5)',
  regexpMatches: "regexp_matches('aaaa', 'a{2,}')",
  regexpReplace: "regexp_replace('abcd', 'b(.)', '$1')",
  regexpSubstr: "regexp_substr('hihihello', 'hi')",
  remainder: 'remainder(8, 3)',
  replace: "replace('abcd', 'bc', 'x')",
  round: 'round(1.5)',
  roundHalf: 'round(-0.5)',
  rtrim: "rtrim(' ab  ')",
  sha1: "sha1('hello')",
  sha256: "substring(sha256('hello'), 0, 16)",
  sign: 'sign(-7)',
  sqrt: 'sqrt(9)',
  startswith: "startswith('ranger', 'ran')",
  substring: "substring('012345', 2.7)",
  substringTo: "substring('012345', 1, 3)",
  trunc: 'trunc(2.31, 1)',
  toBase64: "encode('hi', 'base64')",
  fromBase64: "decode('aGk=', 'base64')",
  upper: "upper('abc')",
  cast: 'cast(true as Decimal)',
  castText: "cast('0x1f' as Int)",
  castTime: 'cast(1.9 as Int)',
  parseTime: 'parse_time("yyyy-MM-dd HH:mm:ss z", 43000)',
  timeToEpoch: 'time_to_epoch("2020-04-03 09:45:18 UTC+01:00", "yyyy-MM-dd HH:mm:ss VV")',
  caseWhen: "CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' ELSE 'c' END",
  topic: 'topic(2)',
  clientid: 'isUndefined(clientid())',
  objectLiteral: "{'a': [1, 'b', null]}",
  chr: 'chr(65)',
  numbersKept: 'precise',
}

const functions: Check = {
  id: 'functions',
  does: 'What functions and operators of SQL make of values, in one rule',
  async run(context) {
    const select = Object.entries(EXPRESSIONS).map(([name, expression]) => `${expression} AS ${name}`)
    const payload = '{"nothing": null, "precise": 12345678901234567890.5}'
    const rules = await Rules.start(context)
    await rules.make('all', (topic) => `SELECT ${select.join(', ')} FROM '${topic}'`)
    return { result: await rules.outcome('all', payload) }
  },
}

const guide: Check = {
  id: 'guide',
  does: 'The examples of the developer guide, a rule for each',
  async run(context) {
    const observed: Record<string, unknown> = {}
    const cases = GUIDE_CASES.filter(([sql]) => !sql.includes('timestamp()'))
    const rules = await Rules.start(context)
    // All first: each may take a while to be known everywhere.
    for (const [index, [sql]] of cases.entries()) {
      await rules.make(`${index}`, (topic) => sql.replace(/(from) '[^']+'/i, `$1 '${topic}'`))
    }
    for (const [index, [sql, payload]] of cases.entries()) observed[sql] = await rules.outcome(`${index}`, payload)
    return observed
  },
}

const errorAction: Check = {
  id: 'error-action',
  does: 'An action that fails is told to the error action',
  async run({ iot: client, ruleName, name, role, device, until }) {
    const client5 = await device({ clientId: name('device') })
    await client5.subscribe(name('out'))
    const roleArn = await role()
    const topicRulePayload = {
      sql: `SELECT * FROM '${name('in')}'`,
      awsIotSqlVersion: VERSION,
      // The role may publish on topics of the run alone.
      actions: [{ republish: { topic: 'elsewhere', roleArn, qos: 1 } }],
      errorAction: { republish: { topic: name('out'), roleArn, qos: 1 } },
    }
    await client.send(new iot.CreateTopicRuleCommand({ ruleName: ruleName('rule'), topicRulePayload }))
    const { failures = [], ...error } = await until('the error action came', async () => {
      await client5.publish(name('in'), { n: 1 })
      return (await client5.within(name('out'), MARK_MS)) as ErrorMessage | undefined
    })
    const { base64OriginalPayload: payload, topic, ruleName: rule } = error
    return {
      members: Object.keys(error).toSorted(),
      ...{ payload, topic, rule },
      failures: failures.map((failure) => [
        Object.keys(failure).toSorted(),
        failure.failedAction,
        failure.failedResource,
      ]),
    }
  },
}

/** What an error action gets (AWS IoT developer guide, "Error handling (error action)"). */
interface ErrorMessage {
  readonly ruleName?: string
  readonly topic?: string
  readonly base64OriginalPayload?: string
  readonly failures?: readonly { readonly failedAction?: string; readonly failedResource?: string }[]
}

const statements: Check = {
  id: 'statements',
  does: 'Rules that AWS does not take, and the life of one',
  async run({ iot: client, ruleName, name, refused, role }) {
    const actions = [{ republish: { topic: name('out'), roleArn: await role() } }]
    const make = (rule: string, sql: string) =>
      refused(
        client.send(
          new iot.CreateTopicRuleCommand({
            ruleName: rule,
            topicRulePayload: { sql, actions, awsIotSqlVersion: VERSION },
          }),
        ),
      )
    const statement = `SELECT * FROM '${name('in')}'`
    const observed = {
      'no SQL': await make(ruleName('none'), 'SELECTED'),
      'a bracket too many': await make(ruleName('bracket'), `SELECT (a FROM '${name('in')}'`),
      'a function that is not there': await make(ruleName('missing'), `SELECT nofunction(a) AS x FROM '${name('in')}'`),
      'a hyphen in the name': await make(`${ruleName('a')}-b`, statement),
      made: await make(ruleName('made'), statement),
      'made again': await make(ruleName('made'), statement),
      'a rule that is not there': await refused(
        client.send(new iot.DisableTopicRuleCommand({ ruleName: ruleName('missing') })),
      ),
    }
    const { rule } = await client.send(new iot.GetTopicRuleCommand({ ruleName: ruleName('made') }))
    const { sql, ruleDisabled, awsIotSqlVersion, createdAt } = rule ?? {}
    return { ...observed, rule: { sql, ruleDisabled, awsIotSqlVersion, createdAt } }
  },
}

/** Hears what the rules of a check publish, and that a message reached the rules at all. */
class Rules {
  readonly #context: RunContext
  readonly #device: Device

  constructor(context: RunContext, device: Device) {
    this.#context = context
    this.#device = device
  }

  static async start(context: RunContext): Promise<Rules> {
    const { name, device } = context
    const rules = new Rules(context, await device({ clientId: name('device') }))
    await rules.#device.subscribe([`${name('out')}/#`, name('mark')])
    await rules.#create('mark', `SELECT 1 AS mark FROM '${name('in')}/#'`, name('mark'))
    return rules
  }

  /** @param sqlOn the statement for messages on a topic */
  async make(suffix: string, sqlOn: (topic: string) => string): Promise<void> {
    const { name } = this.#context
    await this.#create(suffix, sqlOn(`${name('in')}/${suffix}`), `${name('out')}/${suffix}`)
  }

  async #create(suffix: string, sql: string, topic: string): Promise<void> {
    const { iot: client, ruleName, role } = this.#context
    const actions = [{ republish: { topic, roleArn: await role(), qos: 1 } }]
    const topicRulePayload = { sql, actions, awsIotSqlVersion: VERSION }
    await client.send(new iot.CreateTopicRuleCommand({ ruleName: ruleName(suffix), topicRulePayload }))
  }

  /** What a rule makes of a message; `no match` where another rule was seen to act on it, and this one was not. */
  async outcome(suffix: string, payload: string): Promise<unknown> {
    const { name, until, settleMs } = this.#context
    const [into, out] = [`${name('in')}/${suffix}`, `${name('out')}/${suffix}`]
    let marks = 0
    return until(`a rule acts on ${into}`, async () => {
      this.#device.rest()
      await this.#device.publish(into, payload)
      const mark = await this.#device.within(name('mark'), MARK_MS)
      if (mark === undefined) return undefined
      const result = await this.#device.within(out, Math.max(settleMs, LEAST_SETTLE_MS))
      if (result !== undefined) return result
      marks += 1
      return marks === MARKS_OF_NO_MATCH ? 'no match' : undefined
    })
  }
}

/** A new rule may take a while to be known everywhere: that it does not match is believed after the third message. */
const MARKS_OF_NO_MATCH = 3
const MARK_MS = 3_000
const LEAST_SETTLE_MS = 100

export const rules: Area = { name: 'rules', checks: [functions, guide, errorAction, statements] }
