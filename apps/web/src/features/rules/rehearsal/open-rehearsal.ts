import { type Caller, createCaller } from '../../../shared/rpc/rpc.ts'
import type { RehearsalNotices, RehearsalProcedures } from './protocol.ts'

export interface OpenRehearsal extends Caller<RehearsalProcedures, RehearsalNotices> {}

/** Starts a worker that rehearses; `close` ends it. */
export function openRehearsal(): OpenRehearsal {
  const worker = new Worker(new URL('./rehearsal.worker.ts', import.meta.url), {
    type: 'module',
    name: 'rule-rehearsal',
  })
  const { port1, port2 } = new MessageChannel()
  worker.postMessage('connect', [port2])
  const caller = createCaller<RehearsalProcedures, RehearsalNotices>(port1)
  return {
    ...caller,
    close() {
      caller.close()
      worker.terminate()
    },
  }
}
