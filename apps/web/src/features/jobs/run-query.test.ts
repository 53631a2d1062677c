import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { JOBS, jobsChanged } from './api.ts'
import { jobWentOn, runQuery } from './run-query.ts'

test('each event of a job does not have its whole run read; a change by somebody does', async () => {
  const client = new QueryClient()
  const job = [...JOBS, 'job', 'fw']
  const run = runQuery('fw', true).queryKey
  client.setQueryData(job, {})
  client.setQueryData(run, { executions: [], isAll: true })
  const isInvalidated = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated
  await jobWentOn(client)
  expect([isInvalidated(job), isInvalidated(run)]).toEqual([true, false])
  await jobsChanged(client)
  expect(isInvalidated(run)).toBe(true)
})
