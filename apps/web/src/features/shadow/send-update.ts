import { isJsonObject, JsonNumber, parseJson, stringifyJson } from '@thingdeck/json'
import { formatUpdateRequest, type StatePatch } from '@thingdeck/shadows'
import { ApiError } from '../../shared/http.ts'
import type { MqttClient } from '../../shared/mqtt/client.ts'
import { postShadow } from './api.ts'
import { type ShadowAddress, shadowTopic } from './model/address.ts'
import { readShadowEvent } from './model/events.ts'

export interface UpdateToSend {
  readonly address: ShadowAddress
  readonly patch: StatePatch
  /** The version that the shadow must still have; undefined when there is none yet. */
  readonly version: number | undefined
}

/** An update that the shadow service refused. `code` is AWS's: 409 for a stale version, 413 for one too large. */
export class UpdateRejected extends Error {
  override readonly name = 'UpdateRejected'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** Nobody answered in time: whether the update was applied is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export interface SentUpdate {
  readonly version: number | undefined
  readonly over: 'MQTT' | 'REST'
}

/** AWS answers within a second; a request that was lost on the way is never answered. */
const ANSWER_TIMEOUT_MS = 10_000

/**
 * Sends an update over the operator's MQTT session and waits for the answer to its client token; by REST when the
 * session is down.
 * @throws {UpdateRejected | NoAnswer | ApiError | RpcError}
 */
export async function sendUpdate(mqtt: MqttClient, update: UpdateToSend): Promise<SentUpdate> {
  const clientToken = crypto.randomUUID()
  const text = stringifyJson(formatUpdateRequest({ state: update.patch, version: update.version, clientToken }))
  if (mqtt.status().connection.state.kind !== 'connected') return sendByRest(update.address, text)
  return sendByMqtt(mqtt, shadowTopic(update.address), text, clientToken)
}

async function sendByMqtt(mqtt: MqttClient, base: string, text: string, clientToken: string): Promise<SentUpdate> {
  const answer = Promise.withResolvers<SentUpdate>()
  const untap = mqtt.tap(
    [
      { filter: `${base}/update/accepted`, qos: 1 },
      { filter: `${base}/update/rejected`, qos: 1 },
    ],
    {
      onMessage({ topic, payload }) {
        const event = readShadowEvent(base, topic, payload)
        if (event?.kind === 'accepted' && event.clientToken === clientToken) {
          answer.resolve({ version: event.version, over: 'MQTT' })
        }
        if (event?.kind === 'rejected' && event.clientToken === clientToken) {
          answer.reject(new UpdateRejected(event.code, event.message))
        }
      },
    },
  )
  const timer = setTimeout(
    () => answer.reject(new NoAnswer(`No answer within ${ANSWER_TIMEOUT_MS / 1_000} s.`)),
    ANSWER_TIMEOUT_MS,
  )
  try {
    // On one connection the subscriptions come before the update; an open shadow page has them in force already.
    await mqtt.publish({ topic: `${base}/update`, payload: new TextEncoder().encode(text), qos: 1 })
    return await answer.promise
  } finally {
    clearTimeout(timer)
    untap()
  }
}

async function sendByRest(address: ShadowAddress, text: string): Promise<SentUpdate> {
  try {
    const answer = parseJson(await postShadow(address, text))
    const version = isJsonObject(answer) ? answer.get('version') : undefined
    return { version: version instanceof JsonNumber ? version.toNumber() : undefined, over: 'REST' }
  } catch (error) {
    if (error instanceof ApiError && [400, 409, 413].includes(error.status)) {
      throw new UpdateRejected(error.status, error.message)
    }
    throw error
  }
}
