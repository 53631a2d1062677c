import { ANY, constraintTable, text } from '../constraint.ts'

/**
 * Source: AWS IoT API Reference, AWS IoT Jobs Data Plane. The SDK package's schemas do not say what is required, so this
 * table does (labels of the path are required anyway).
 */
export const IOT_JOBS_DATA_CONSTRAINTS = constraintTable([
  [{ min: 1 }, 'BIN S executionTimeoutSeconds'],
  [text(1, 64, '^[\\x21-\\x7E]+$'), 'clientToken'],
  [{ min: 1, key: text(1, 192, '^[.$a-zA-Z0-9_-]+$') }, 'parameters'],
  [text(0, ANY, '[a-zA-Z0-9_-]+|^\\$next'), 'jobId'],
  [{ key: text(1, 128, '[a-zA-Z0-9:_-]+'), value: text(1, ANY, '[^\\p{C}]+') }, 'statusDetails'],
  [{ enumName: 'JobExecutionStatus', required: true }, 'UpdateJobExecutionRequest.status'],
  [text(1, 64, '[a-zA-Z0-9_-]+'), 'UpdateJobExecutionRequest.jobId'],
  [{ max: 2048, required: true }, 'StartCommandExecutionRequest.targetArn'],
  [{ required: true }, 'StartCommandExecutionRequest.commandArn'],
  [text(1, 128, '[a-zA-Z0-9:_-]+'), 'thingName'],
  [text(1, 20, '^[0-9]*$'), 'UL'],
])
