import type { MakeService } from '../../foundation/service.ts'
import { endpointHandlers } from './endpoint-handlers.ts'

/** Where everything is: here. */
export const endpointsService: MakeService = ({ host, otherHosts }) => ({
  name: 'endpoints',
  handlers: { iot: endpointHandlers(host, otherHosts) },
})
