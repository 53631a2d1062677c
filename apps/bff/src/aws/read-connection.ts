import {
  GetConnectionCommand,
  type GetConnectionResponse,
  type IoTDataPlaneClient,
} from '@aws-sdk/client-iot-data-plane'
import { isRefused } from './why-unread.ts'

/**
 * A connection, with its addresses where the console may know them: a policy may allow the rest alone
 * (`iot:IncludeSocketInformation`). Errors are AWS's own.
 */
export async function readConnection(data: IoTDataPlaneClient, clientId: string): Promise<GetConnectionResponse> {
  try {
    return await data.send(new GetConnectionCommand({ clientId, includeSocketInformation: true }))
  } catch (error) {
    if (!isRefused(error)) throw error
    return data.send(new GetConnectionCommand({ clientId }))
  }
}
