import type { Logger } from 'pino'
import type { ServiceContext } from './service.ts'

/**
 * Does some work again and again, by the server's clock, until it is ended.
 * @param complaint for the log, where the work throws: it is tried again the next time
 * @param delayMs until the next time
 * @returns what ends it
 */
export function repeat(
  after: ServiceContext['after'],
  log: Logger,
  complaint: string,
  delayMs: () => number,
  work: () => void,
): () => void {
  let cancel = after(delayMs(), turn)
  function turn(): void {
    try {
      work()
    } catch (error) {
      log.error({ err: error }, complaint)
    }
    cancel = after(delayMs(), turn)
  }
  return () => cancel()
}
