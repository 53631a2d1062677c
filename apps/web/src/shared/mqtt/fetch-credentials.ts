import { endpoints } from '@thingdeck/contract'
import { apiDated } from '../api.ts'
import { ApiError } from '../http.ts'
import { CredentialsRefused, type FetchCredentials } from './credentials.ts'

/** Asks the BFF for the operator's temporary MQTT credentials. */
export const fetchMqttCredentials: FetchCredentials = async (signal) => {
  try {
    const { body, dateMs } = await apiDated(endpoints.openMqttSession, { signal })
    return {
      info: body,
      expiresAtMs: Date.parse(body.credentials.expiresAt),
      clockSkewMs: dateMs === undefined ? 0 : dateMs - Date.now(),
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const signedOut = error.status === 401
    throw new CredentialsRefused(
      signedOut ? 'SIGNED_OUT' : error.code,
      signedOut ? 'You are signed out.' : error.message,
      signedOut || error.status === 403 || error.code === 'OTHER_PERSON',
    )
  }
}
