import type {
  AbortConfig,
  JobExecutionsRetryConfig,
  JobExecutionsRolloutConfig,
  MaintenanceWindow,
  PresignedUrlConfig,
  TimeoutConfig,
} from '@aws-sdk/client-iot'
import type { ReadJobConfig, ReadMaintenanceWindow } from '@thingdeck/contract'
import { present } from './present.ts'

/** What AWS answers of a job or of a template of jobs. */
interface JobConfigOfAws {
  readonly presignedUrlConfig?: PresignedUrlConfig | undefined
  readonly jobExecutionsRolloutConfig?: JobExecutionsRolloutConfig | undefined
  readonly abortConfig?: AbortConfig | undefined
  readonly timeoutConfig?: TimeoutConfig | undefined
  readonly jobExecutionsRetryConfig?: JobExecutionsRetryConfig | undefined
}

/** How a job goes on, as the contract has it: the same members, those alone that AWS gave. */
export function readJobConfig(found: JobConfigOfAws): ReadJobConfig {
  const { presignedUrlConfig, jobExecutionsRolloutConfig: rollout, abortConfig, timeoutConfig } = found
  const { jobExecutionsRetryConfig } = found
  return present({
    presignedUrlConfig:
      presignedUrlConfig &&
      present({ roleArn: presignedUrlConfig.roleArn, expiresInSec: presignedUrlConfig.expiresInSec }),
    jobExecutionsRolloutConfig: rollout && present({ ...rollout, exponentialRate: exponentialRateOf(rollout) }),
    abortConfig: abortConfig && {
      criteriaList: (abortConfig.criteriaList ?? []).map(
        ({ failureType = '', action = '', thresholdPercentage = 0, minNumberOfExecutedThings = 0 }) => ({
          failureType,
          action,
          thresholdPercentage,
          minNumberOfExecutedThings,
        }),
      ),
    },
    timeoutConfig: timeoutConfig && present({ inProgressTimeoutInMinutes: timeoutConfig.inProgressTimeoutInMinutes }),
    jobExecutionsRetryConfig: jobExecutionsRetryConfig && {
      criteriaList: (jobExecutionsRetryConfig.criteriaList ?? []).map(({ failureType = '', numberOfRetries = 0 }) => ({
        failureType,
        numberOfRetries,
      })),
    },
  })
}

function exponentialRateOf({ exponentialRate }: JobExecutionsRolloutConfig) {
  if (!exponentialRate) return undefined
  const { baseRatePerMinute = 0, incrementFactor = 0, rateIncreaseCriteria = {} } = exponentialRate
  return { baseRatePerMinute, incrementFactor, rateIncreaseCriteria: present({ ...rateIncreaseCriteria }) }
}

/** Windows of a job or of a template of jobs. */
export const readMaintenanceWindows = (found: readonly MaintenanceWindow[]): ReadMaintenanceWindow[] =>
  found.map(({ startTime = '', durationInMinutes = 0 }) => ({ startTime, durationInMinutes }))
