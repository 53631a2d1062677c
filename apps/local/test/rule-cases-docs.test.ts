import { readFileSync } from 'node:fs'
import { readRuleCases, runRuleCases } from '@thingdeck/rules-sql'
import { expect, test } from 'vitest'

test('the file of the docs is run as they say', async () => {
  const page = readFileSync(new URL('../../../docs/reference/rule-cases.md', import.meta.url), 'utf8')
  const [, text = ''] = /```json\n([^`]*)```/.exec(page) ?? []
  const { ruleName, cases } = readRuleCases(text)
  const sql = "SELECT temperature AS t, topic(2) AS device FROM 'dt/+/telemetry' WHERE temperature > 30"
  const results = await runRuleCases({ sql, awsIotSqlVersion: '2016-03-23' }, ruleName, cases)
  expect(results.filter(({ isPassed }) => !isPassed)).toEqual([])
  expect(results).toHaveLength(2)
})
