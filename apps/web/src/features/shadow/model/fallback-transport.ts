import type { MqttLine } from './mqtt-transport.ts'
import type { ShadowTransport } from './transport.ts'

/**
 * MQTT where it is up, REST where it is not, and REST after MQTT where no answer came: an update carries its version, so
 * that the service applies it once, whichever way it arrives.
 */
export function fallbackTransport(line: Pick<MqttLine, 'transport' | 'isUp'>, rest: ShadowTransport): ShadowTransport {
  return {
    async get() {
      if (!line.isUp()) return rest.get()
      const answer = await line.transport.get()
      return answer.kind === 'failed' ? rest.get() : answer
    },
    async update(document, clientToken) {
      if (!line.isUp()) return rest.update(document, clientToken)
      const answer = await line.transport.update(document, clientToken)
      if (answer.kind !== 'unanswered' && answer.kind !== 'not-sent') return answer
      return rest.update(document, clientToken)
    },
    async delete(clientToken) {
      if (!line.isUp()) return rest.delete(clientToken)
      const answer = await line.transport.delete(clientToken)
      return answer.kind === 'failed' && answer.code !== 'ForbiddenException' ? rest.delete(clientToken) : answer
    },
  }
}
