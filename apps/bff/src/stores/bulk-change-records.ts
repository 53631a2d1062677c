import type { BulkChange, BulkChangeResult } from '@thingdeck/contract'

/**
 * What is known of bulk changes outside the process that runs them: every console can show, cancel and repeat any bulk change. A bulk change
 * whose console is gone is read as `interrupted`.
 */
export interface BulkChangeRecords {
  /**
   * Also says that the bulk change is alive, so a running one is saved every {@link SAVE_EVERY_MS}.
   * @param changed results that are new or other than at the last save
   */
  save(bulkChange: BulkChange, changed: readonly BulkChangeResult[]): Promise<{ readonly isCancelWanted: boolean }>
  find(bulkChangeId: string): Promise<BulkChange | undefined>
  /** Newest first. */
  list(): Promise<BulkChange[]>
  /** In the order of the things' names. */
  results(bulkChangeId: string): Promise<BulkChangeResult[]>
  /** Asks whoever runs the bulk change to end it. */
  wantCancel(bulkChangeId: string): Promise<void>
}

export const SAVE_EVERY_MS = 1_000
/** A bulk change that was not saved for so long runs no more. */
export const ALIVE_MS = 10_000
