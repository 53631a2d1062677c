import { invalidRequest } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import type { JobDefinition } from './job-table.ts'

type Configs = Pick<
  IotInput<'CreateJob'>,
  | 'description'
  | 'presignedUrlConfig'
  | 'jobExecutionsRolloutConfig'
  | 'abortConfig'
  | 'timeoutConfig'
  | 'jobExecutionsRetryConfig'
>

/** What of a job both `CreateJob` and `UpdateJob` can say. Members that are not given are left out. */
export function configsOf(input: Configs): Omit<JobDefinition, 'targets'> {
  const { description, presignedUrlConfig, jobExecutionsRolloutConfig: rollout, abortConfig, timeoutConfig } = input
  const { jobExecutionsRetryConfig: retry } = input
  return {
    ...(description !== undefined && { description }),
    ...(presignedUrlConfig && { presignedUrlConfig }),
    ...(rollout && { rollout }),
    ...(abortConfig && { abort: abortConfig.criteriaList ?? [] }),
    ...(timeoutConfig?.inProgressTimeoutInMinutes !== undefined && {
      inProgressTimeoutInMinutes: timeoutConfig.inProgressTimeoutInMinutes,
    }),
    ...(retry && { retry: retry.criteriaList ?? [] }),
  }
}

/** @throws {AwsError} InvalidRequestException for a document that is no JSON */
export function checkDocument(document: string): string {
  try {
    JSON.parse(document)
  } catch (error) {
    throw invalidRequest(`The job document is not valid JSON: ${error instanceof Error ? error.message : ''}`)
  }
  return document
}
