import { expect, test } from 'vitest'
import {
  findPlaceholders,
  notifiedAfter,
  parseSchedule,
  previewRollout,
  queueExecution,
  scheduleAt,
  secondsBeforeTimedOut,
  updateExecution,
} from './index.ts'

test('the example of the README', () => {
  const at = { nowMs: 0, inProgressTimeoutInMinutes: 60 }
  const started = updateExecution(queueExecution(0), { status: 'IN_PROGRESS', statusDetails: { step: 'fetch' } }, at)
  expect(started.versionNumber).toBe(2)
  expect(secondsBeforeTimedOut(started, 0)).toBe(3600)
  const exponentialRate = {
    baseRatePerMinute: 50,
    incrementFactor: 2,
    rateIncreaseCriteria: { numberOfNotifiedThings: 1000 },
  }
  const preview = previewRollout({
    targets: 10_000,
    rollout: { maximumPerMinute: 1000, exponentialRate },
    abort: [{ failureType: 'FAILED', action: 'CANCEL', thresholdPercentage: 5, minNumberOfExecutedThings: 500 }],
  })
  expect(preview.minutes).toBe(44)
  expect(notifiedAfter(preview, 30)).toBe(2000)
  expect(preview.abort[0]?.failuresAtEarliest).toBe(25)
  const schedule = parseSchedule({ maintenanceWindows: [{ startTime: 'cron(0 3 ? * SUN *)', durationInMinutes: 90 }] })
  expect(scheduleAt(schedule, Date.parse('2026-11-29T04:00:00Z')).phase).toBe('open')
  expect(findPlaceholders('{"v":"${aws:iot:parameter:version}"}')[0]?.placeholder).toEqual({
    kind: 'parameter',
    name: 'version',
  })
})
