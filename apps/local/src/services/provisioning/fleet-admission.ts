import type { AccountLimits } from '../../foundation/account-limits.ts'
import type { Clock } from '../../foundation/clock.ts'
import { RatePerSecond } from '../../foundation/rate-per-second.ts'
import type { FleetOperation } from './fleet-entries.ts'

/** Of requests that nobody has answered yet, and of their payloads: a hook may be slower than devices come. */
const MAX_WAITING = 2_000
const MAX_WAITING_BYTES = 8 * 1024 * 1024

/** Which requests of devices are taken: as many in a second as AWS does, and as many as there is memory for. */
export class FleetAdmission {
  readonly #clock: Clock
  readonly #rates: Readonly<Record<FleetOperation, RatePerSecond>>
  #waiting = 0
  #waitingBytes = 0

  constructor({ clock, limits }: { readonly clock: Clock; readonly limits: Readonly<AccountLimits> }) {
    this.#clock = clock
    this.#rates = {
      CreateKeysAndCertificate: new RatePerSecond(limits.createKeysAndCertificatePerSecond),
      CreateCertificateFromCsr: new RatePerSecond(limits.createCertificateFromCsrPerSecond),
      RegisterThing: new RatePerSecond(limits.registerThingPerSecond),
    }
  }

  /**
   * @param bytes that are kept of the request while it waits
   * @returns what is to be called when it waits no more; undefined where it is not taken
   */
  take(operation: FleetOperation, bytes: number): (() => void) | undefined {
    if (this.#waiting >= MAX_WAITING || this.#waitingBytes + bytes > MAX_WAITING_BYTES) return undefined
    if (!this.#rates[operation].take(this.#clock())) return undefined
    this.#waiting += 1
    this.#waitingBytes += bytes
    return () => {
      this.#waiting -= 1
      this.#waitingBytes -= bytes
    }
  }
}
