import { expect, test } from 'vitest'
import { checkConfigs, type JobConfigs } from './index.ts'

const rate = (more: object) => ({
  exponentialRate: {
    ...{ baseRatePerMinute: 10, incrementFactor: 1.5, rateIncreaseCriteria: { numberOfNotifiedThings: 5 } },
    ...more,
  },
})
const abort = (thresholdPercentage: number) =>
  [{ failureType: 'ALL', action: 'CANCEL', thresholdPercentage, minNumberOfExecutedThings: 1 }] as const

test.each<[configs: JobConfigs, why: string | undefined]>([
  [{}, undefined],
  [{ rollout: rate({}), abort: abort(12.25) }, undefined],
  [{ rollout: { maximumPerMinute: 5, ...rate({}) } }, 'more than maximumPerMinute'],
  [{ rollout: rate({ incrementFactor: 1 }) }, '1.1 to 5'],
  [{ rollout: rate({ incrementFactor: 1.55 }) }, 'one digit'],
  [{ rollout: rate({ rateIncreaseCriteria: {} }) }, 'one of'],
  [{ rollout: rate({ rateIncreaseCriteria: { numberOfNotifiedThings: 1, numberOfSucceededThings: 1 } }) }, 'one of'],
  [{ abort: abort(101) }, '0 to 100'],
  [{ abort: abort(1.234) }, 'two digits'],
  [{ inProgressTimeoutInMinutes: 0 }, '1 to 10080'],
  [{ inProgressTimeoutInMinutes: 10_080 }, undefined],
  [{ inProgressTimeoutInMinutes: 10_081 }, '1 to 10080'],
  [{ retry: [{ failureType: 'FAILED', numberOfRetries: 10 }] }, undefined],
  [{ retry: [{ failureType: 'TIMED_OUT', numberOfRetries: 1 }] }, 'timeoutConfig'],
  [{ retry: [{ failureType: 'TIMED_OUT', numberOfRetries: 1 }], inProgressTimeoutInMinutes: 5 }, undefined],
  [
    {
      retry: [
        { failureType: 'FAILED', numberOfRetries: 6 },
        { failureType: 'TIMED_OUT', numberOfRetries: 5 },
      ],
      inProgressTimeoutInMinutes: 5,
    },
    'at most 10',
  ],
  [
    {
      retry: [
        { failureType: 'ALL', numberOfRetries: 1 },
        { failureType: 'FAILED', numberOfRetries: 1 },
      ],
    },
    'stands alone',
  ],
])('%j: %s', (configs, why) => {
  if (why === undefined) expect(() => checkConfigs(configs)).not.toThrow()
  else expect(() => checkConfigs(configs)).toThrow(why)
})
