import { CreateThingCommand, CreateTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import { expect, test, vi } from 'vitest'
import { startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { metricSums } from './support/metric-sums.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { ANY_ROLE, republish, SQL_VERSION } from './support/rules.ts'

// What rules did, what the log says of it, and what the metrics count are the same numbers.

/** No rule may publish there, which only a message tells. */
const REFUSED = republish('$$aws/things/${topic(2)}/jobs/1/update/accepted')

const RULES = {
  copies: { sql: "SELECT * FROM 'in/#'", actions: [republish('out/copies')] },
  picks: { sql: "SELECT n FROM 'in/#' WHERE n > 1", actions: [republish('out/picks')] },
  fails: { sql: "SELECT n FROM 'in/#'", actions: [REFUSED], errorAction: republish('out/failed') },
  breaks: { sql: "SELECT n FROM 'in/#'", actions: [REFUSED], errorAction: REFUSED },
  asks: { sql: `SELECT get_thing_shadow('none', '${ANY_ROLE}') AS s FROM 'in/#'`, actions: [republish('out/asks')] },
  knows: {
    sql: `SELECT get_registry_data('DescribeThing', 'known', '${ANY_ROLE}').version AS v FROM 'in/#'`,
    actions: [republish('out/knows')],
  },
}

/** Three messages come, of which one is no JSON and one is picked. */
const METRICS = {
  'RuleNotFound nothing': 1,
  ...Object.fromEntries(Object.keys(RULES).map((name) => [`TopicMatch ${name}`, 3])),
  'RulesExecuted copies': 3,
  'RulesExecuted picks': 1,
  'RulesExecuted fails': 3,
  'RulesExecuted breaks': 3,
  'ParseError picks': 1,
  'ParseError fails': 1,
  'ParseError breaks': 1,
  'Success RepublishAction copies': 3,
  'Success RepublishAction picks': 1,
  'Failure RepublishAction fails': 3,
  'ErrorActionSuccess RepublishAction fails': 3,
  'Failure RepublishAction breaks': 3,
  'ErrorActionFailure RepublishAction breaks': 3,
  'RulesExecuted knows': 3,
  'Success RepublishAction knows': 3,
}

const ENTRIES = {
  'RuleNotFound Failure nothing': 1,
  ...Object.fromEntries(Object.keys(RULES).map((name) => [`RuleMatch Success ${name}`, 3])),
  'StartingRuleExecution Success copies': 3,
  'StartingRuleExecution Success picks': 1,
  'StartingRuleExecution Success fails': 6,
  'StartingRuleExecution Success breaks': 6,
  'RuleExecution Success copies': 3,
  'RuleExecution Success picks': 1,
  'RuleExecution Failure fails': 3,
  'RuleExecution Success fails': 3,
  'RuleExecution Failure breaks': 6,
  'FunctionExecution Failure asks': 3,
  'RuleExecution Failure asks': 3,
  'FunctionExecution Success knows': 3,
  'StartingRuleExecution Success knows': 3,
  'RuleExecution Success knows': 3,
}

test('the log and the metrics of rules say what happened', async () => {
  await using local = await startLocal()
  await turnOn(local, 'DEBUG')
  const iot = new IoTClient(local.sdk)
  for (const [ruleName, rule] of Object.entries(RULES)) {
    const topicRulePayload = { ...rule, awsIotSqlVersion: SQL_VERSION }
    await iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload }))
  }
  await iot.send(new CreateThingCommand({ thingName: 'known' }))
  iot.destroy()
  await using device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  for (const payload of ['{"n":1}', '{"n":2}', 'no JSON']) {
    await device.mqtt.publishAsync('in/1', payload, { qos: 1 })
  }
  await device.mqtt.publishAsync('$aws/rules/nothing/in', '{}', { qos: 1 })
  await vi.waitFor(
    async () => {
      const counts: Record<string, number> = {}
      for (const { eventType, status, ruleName } of await entries(local, '{ $.ruleName = "*" }')) {
        const name = `${eventType} ${status} ${ruleName}`
        counts[name] = (counts[name] ?? 0) + 1
      }
      expect(counts).toEqual(ENTRIES)
    },
    { timeout: 20_000, interval: 200 },
  )
  const sums = Object.entries(await metricSums(local)).filter(([name]) =>
    /copies|picks|fails|breaks|asks|knows|nothing/.test(name),
  )
  expect(Object.fromEntries(sums)).toEqual(METRICS)
})
