import type { WriteReport } from '@thingdeck/contract'
import { personalName } from '../session/page-person.ts'

const prefix = () => `thingdeck.${personalName('reports')}.`

/**
 * Reports of one page that have not arrived, in the browser's storage: a reload, a crash of the tab or a night loses
 * none. They are the person's own, and are sent when that person is here again.
 */
export class KeptReports {
  readonly #page = crypto.randomUUID()

  /** Replaces what is kept of this page. */
  write(reports: readonly WriteReport[]): void {
    const key = prefix() + this.#page
    try {
      if (reports.length === 0) localStorage.removeItem(key)
      else localStorage.setItem(key, JSON.stringify(reports))
    } catch {
      // Full or forbidden: they are still in the page.
    }
  }

  /**
   * What pages of this person left that are gone; from then on it is this page's. Each is taken by one page: a page
   * holds a lock of the browser for as long as it lives.
   * @see Web Locks API: locks end with the page that holds them, however it ends
   */
  async takeLeft(): Promise<readonly WriteReport[]> {
    if (!('locks' in navigator)) return [] // not over plain http, but on this machine
    void navigator.locks.request(prefix() + this.#page, () => new Promise<never>(() => {}))
    const taken: WriteReport[] = []
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(prefix()))) {
      await navigator.locks.request(key, { ifAvailable: true }, (lock) => {
        if (lock) taken.push(...take(key))
      })
    }
    return taken
  }
}

function take(key: string): WriteReport[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    localStorage.removeItem(key)
    return Array.isArray(stored) ? stored.filter(isReport) : []
  } catch {
    return []
  }
}

/** As far as the page needs it; the server checks the rest, and what it refuses is said. */
const isReport = (value: unknown): value is WriteReport =>
  typeof value === 'object' && value !== null && 'reportId' in value && 'write' in value && 'writer' in value
