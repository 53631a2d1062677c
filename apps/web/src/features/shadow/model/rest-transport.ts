import { endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { ApiError, isNotFound } from '../../../shared/http.ts'
import { messageOf } from '../../../shared/message-of.ts'
import { numberOf, readEnvelope } from './seen-document.ts'
import type { ShadowKey } from './shadow-key.ts'
import type { ShadowTransport } from './transport.ts'

/** AWS did not get it, or the gateway before it gave up waiting: only the first is certain. */
const isUncertain = ({ status, code }: ApiError) => status === 0 || code === 'AWS_UNAVAILABLE' || status >= 500

const failureOf = (error: unknown) => {
  if (error instanceof ApiError) return { code: error.code, message: error.message }
  return { code: 'INTERNAL', message: messageOf(error) }
}

/** By way of the console's server, with its own credentials. */
export function restTransport(key: ShadowKey): ShadowTransport {
  const { thingName, shadowName } = key
  const shadow = { params: { thingName }, query: { shadowName } }
  return {
    async get() {
      try {
        const text = await api(endpoints.getShadow, { ...shadow, query: { shadowName, optional: true } })
        return text === '' ? { kind: 'none' } : { kind: 'document', text }
      } catch (error) {
        return { kind: 'failed', ...failureOf(error) }
      }
    },
    async update(document) {
      try {
        const answer = readEnvelope(await api(endpoints.updateShadow, { ...shadow, body: document }))
        const version = numberOf(answer?.version)
        if (version === undefined) return { kind: 'unanswered' }
        return { kind: 'accepted', version, timestampSeconds: numberOf(answer?.timestamp) }
      } catch (error) {
        if (error instanceof ApiError && isUncertain(error)) return { kind: 'unanswered' }
        if (error instanceof ApiError && error.status === 401) return { kind: 'not-sent', ...failureOf(error) }
        return { kind: 'refused', ...failureOf(error) }
      }
    },
    async delete() {
      try {
        const answer = readEnvelope(await api(endpoints.deleteShadow, shadow))
        return { kind: 'deleted', version: numberOf(answer?.version) }
      } catch (error) {
        if (isNotFound(error)) return { kind: 'deleted', version: undefined }
        return { kind: 'failed', ...failureOf(error) }
      }
    },
  }
}
