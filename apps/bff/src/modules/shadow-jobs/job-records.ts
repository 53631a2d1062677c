import type { ShadowJob, ShadowJobResult } from '@thingdeck/contract'

/**
 * What is known of jobs outside the process that runs them: every console can show, cancel and repeat any job. A job
 * whose console is gone is read as `interrupted`.
 */
export interface ShadowJobRecords {
  /**
   * Also says that the job is alive, so a running one is saved every {@link SAVE_EVERY_MS}.
   * @param changed results that are new or other than at the last save
   */
  save(job: ShadowJob, changed: readonly ShadowJobResult[]): Promise<{ readonly isCancelWanted: boolean }>
  find(jobId: string): Promise<ShadowJob | undefined>
  /** Newest first. */
  list(): Promise<ShadowJob[]>
  /** In the order of the things' names. */
  results(jobId: string): Promise<ShadowJobResult[]>
  /** Asks whoever runs the job to end it. */
  wantCancel(jobId: string): Promise<void>
}

export const SAVE_EVERY_MS = 1_000
/** A job that was not saved for so long runs no more. */
export const ALIVE_MS = 10_000
