import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { nameCommands } from '../../shared/feature/name-commands.ts'
import { paths } from '../../shared/paths.ts'
import { SPAN_MS } from '../../shared/time-range.ts'
import { CLIENTS, USUAL_SPAN } from './api.ts'

/** Whoever types on asks of the same time, so that the log is read once. */
const STEP_MS = 5 * 60_000

/** Clients of the last day, by how their client id begins. */
export const clientCommands = nameCommands({
  group: 'Clients',
  one: 'client',
  key: CLIENTS,
  async find(startsWith, maxResults, signal) {
    const toMs = Math.ceil(serverNow() / STEP_MS) * STEP_MS
    const from = new Date(toMs - SPAN_MS[USUAL_SPAN]).toISOString()
    const { clients } = await api(endpoints.listClients, {
      query: { from, to: new Date(toMs).toISOString(), startsWith, withoutConsoles: '1', maxResults },
      signal,
    })
    return clients.map(({ clientId }) => clientId)
  },
  hrefOf: (clientId) => paths.client(clientId),
})
