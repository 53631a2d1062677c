import { IoTClient } from '@aws-sdk/client-iot'
import { expect, test, vi } from 'vitest'
import { startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { metricSums } from './support/metric-sums.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { republish, ruleMaker } from './support/rules.ts'

test('rules are evaluated so often in a second and no more; what is beyond is counted, and in the log', async () => {
  await using local = await startLocal({ ruleEvaluationsPerSecond: 2 })
  await turnOn(local, 'ERROR')
  const iot = new IoTClient(local.sdk)
  const ruleName = await ruleMaker(() => iot)("SELECT * FROM 'in'", [republish('out')])
  iot.destroy()
  await using device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await Promise.all(Array.from({ length: 50 }, () => device.mqtt.publishAsync('in', '{}', { qos: 1 })))
  const sums = await metricSums(local)
  const executed = sums[`RulesExecuted ${ruleName}`] ?? 0
  const throttled = sums['RuleEvaluation Throttled'] ?? 0
  expect(executed).toBeGreaterThanOrEqual(2)
  expect(throttled).toBeGreaterThan(0)
  expect(executed + throttled).toBe(50)
  await vi.waitFor(
    async () => {
      const found = await entries(local, '{ $.eventType = "RuleEvaluation" }')
      expect(found).toHaveLength(throttled)
      expect(found[0]).toMatchObject({
        logLevel: 'ERROR',
        status: 'Failure',
        clientId: 'pump-7',
        topicName: 'N/A',
        ruleName: 'N/A',
        principalId: 'N/A',
        reason: 'Throttled',
        details: 'Exceeded Rule Evaluations per second per account limit',
      })
    },
    { timeout: 20_000, interval: 100 },
  )
})

test('a flood of Basic Ingest for rules that are not there is not looked at one by one', async () => {
  await using local = await startLocal({ limits: { inboundPublishesPerSecond: Number.POSITIVE_INFINITY } })
  await using device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  const publish = () => device.mqtt.publishAsync('$aws/rules/nothing/x', '{}', { qos: 1 })
  await Promise.all(Array.from({ length: 1_000 }, publish))
  const { 'RuleNotFound nothing': notFound = 0, 'RuleExecutionThrottled nothing': throttled = 0 } =
    await metricSums(local)
  expect(notFound).toBeGreaterThanOrEqual(100)
  expect(notFound + throttled).toBe(1_000)
})
