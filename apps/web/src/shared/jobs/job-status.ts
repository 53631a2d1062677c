import type { StatusWords } from '../ui/status-words.ts'

/** Of jobs, as AWS tells them apart. */
const JOB_STATUS: Readonly<Record<string, StatusWords>> = {
  SCHEDULED: { words: 'Scheduled', type: 'pending' },
  IN_PROGRESS: { words: 'In progress', type: 'in-progress' },
  COMPLETED: { words: 'Completed', type: 'success' },
  CANCELED: { words: 'Canceled', type: 'stopped' },
  DELETION_IN_PROGRESS: { words: 'Being deleted', type: 'in-progress' },
}

/** A state that AWS has added since is shown by its own name. */
export const jobStatus = (status: string): StatusWords => JOB_STATUS[status] ?? { words: status, type: 'info' }
