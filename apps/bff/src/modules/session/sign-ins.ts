import type { FastifyBaseLogger } from 'fastify'
import type { Aws } from '../../aws/aws.ts'
import type { Config } from '../../config.ts'
import type { SessionKeys } from '../../plugins/session-keys.ts'
import type { Stores } from '../../stores/stores.ts'
import { createIssuer, type Issuer } from './issuer.ts'
import { createMqttAccess, type MqttAccess } from './mqtt-access.ts'
import { MqttGrants } from './mqtt-grants.ts'

/** Who people are, and what that lets them do over MQTT. Made once: both remember what is under way. */
export interface SignIns {
  readonly issuer: Issuer
  readonly mqttAccess: MqttAccess
  readonly grants: MqttGrants
}

interface SignInsParts {
  readonly config: Config
  readonly aws: Aws
  readonly stores: Pick<Stores, 'documents' | 'sessions'>
  readonly sessionKeys: SessionKeys
  readonly log: FastifyBaseLogger
}

export function createSignIns({ config, aws, stores, sessionKeys, log }: SignInsParts): SignIns {
  const mqttAccess = createMqttAccess(config, aws, sessionKeys)
  const { connections } = aws
  return {
    issuer: createIssuer(config),
    mqttAccess,
    grants: new MqttGrants({ ...stores, mqttAccess, connections, log }),
  }
}
