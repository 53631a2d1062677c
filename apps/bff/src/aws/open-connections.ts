import { DeleteConnectionCommand, type IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { isNamed } from './error-name.ts'

/** Open MQTT connections. */
export interface OpenConnections {
  /** Ends the one of this client id, and its MQTT session; that there is none is no error. Errors are AWS's own. */
  end(clientId: string): Promise<void>
}

export const createOpenConnections = (data: IoTDataPlaneClient): OpenConnections => ({
  async end(clientId) {
    try {
      await data.send(new DeleteConnectionCommand({ clientId, cleanSession: true }))
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error
    }
  },
})
