export { type AbortCriteria, executedOf, failuresOf, failuresToAbort, metAbortCriteria } from './abort.ts'
export { checkConfigs, type JobConfigs } from './configs.ts'
export { type CronExpression, nextTime, parseCron } from './cron.ts'
export {
  type DeviceUpdate,
  type Execution,
  endExecution,
  queueExecution,
  startExecution,
  type UpdateCircumstances,
  updateExecution,
} from './execution.ts'
export { JobError, type JobErrorCode } from './job-error.ts'
export {
  LISTED_PENDING,
  LISTED_PENDING_WITH_SCHEDULED,
  notificationsDue,
  type PendingExecution,
  pendingInOrder,
  type ToldPending,
} from './pending.ts'
export {
  type FoundPlaceholder,
  fillLocal,
  findPlaceholders,
  isPresigned,
  MAX_PRESIGNED_URLS,
  type Placeholder,
  parseS3Url,
  replacePlaceholders,
  type S3Location,
} from './placeholders.ts'
export {
  type AbortPreview,
  notifiedAfter,
  previewRollout,
  type RolloutPlan,
  type RolloutPreview,
  type RolloutStretch,
} from './preview.ts'
export { isRetried, MAX_RETRIES, type RetryCriteria } from './retry.ts'
export {
  DEFAULT_MAXIMUM_PER_MINUTE,
  type ExponentialRate,
  endOfMinute,
  minuteOf,
  type RateIncreaseCriteria,
  type RolloutConfig,
  type RolloutMinute,
  type RolloutProgress,
  rateOf,
  roomOf,
} from './rollout.ts'
export {
  checkScheduling,
  comingWindows,
  formatTime,
  LEAST_SCHEDULED_MS,
  type MaintenanceWindow,
  MOST_AHEAD_MS,
  MOST_SCHEDULED_MS,
  MOST_WINDOWS,
  parseSchedule,
  parseTime,
  type Schedule,
  type ScheduleMoment,
  type SchedulePhase,
  type SchedulingConfig,
  scheduleAt,
} from './schedule.ts'
export {
  EXECUTION_STATUSES,
  type ExecutionCounts,
  type ExecutionStatus,
  isReportable,
  isTerminal,
  type JobStatus,
  mayBecome,
  NO_EXECUTIONS,
  type ReportedStatus,
  type StatusSetter,
} from './status.ts'
export { checkStatusDetails, STATUS_DETAILS_LIMITS, type StatusDetails } from './status-details.ts'
export {
  deadlineOf,
  MAX_TIMEOUT_MINUTES,
  secondsBeforeTimedOut,
  stepDeadline,
  type Timers,
  timersOf,
} from './timers.ts'
