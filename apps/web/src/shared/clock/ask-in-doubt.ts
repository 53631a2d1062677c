import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { serverClock } from './server-clock.ts'

/** Asks the server as soon as the machine's clock jumped ahead: whether it slept or was set, its answer tells. */
export function askInDoubt(): void {
  serverClock.onDoubt(() => {
    api(endpoints.getSession).catch(() => {
      // The next answer will do: every request tells the time.
    })
  })
}
