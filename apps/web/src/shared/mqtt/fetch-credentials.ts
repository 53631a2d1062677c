import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { ApiError } from '../http.ts'
import { CredentialsRefused, type FetchCredentials } from './credentials.ts'

/** Asks the BFF for the operator's temporary MQTT credentials. */
export const fetchMqttCredentials: FetchCredentials = async (signal, { tab, generation }) => {
  try {
    const info = await api(endpoints.openMqttSession, { query: { tab, generation }, signal })
    return { info, expiresAtMs: Date.parse(info.credentials.expiresAt) }
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
