import type { Aws } from '../../aws/aws.ts'
import type { Config } from '../../config.ts'
import type { SessionKeys } from '../../plugins/session-keys.ts'
import { createIssuer, type Issuer } from './issuer.ts'
import { createMqttAccess, type MqttAccess } from './mqtt-access.ts'

/** Who people are, and what that lets them do over MQTT. Made once: both remember what is under way. */
export interface SignIns {
  readonly issuer: Issuer
  readonly mqttAccess: MqttAccess
}

export const createSignIns = (config: Config, aws: Aws, sessionKeys: SessionKeys): SignIns => ({
  issuer: createIssuer(config),
  mqttAccess: createMqttAccess(config, aws, sessionKeys),
})
