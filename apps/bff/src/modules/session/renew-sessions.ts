import type { Aws } from '../../aws/aws.ts'
import type { Config } from '../../config.ts'
import type { RenewalOptions } from '../../plugins/renewal.ts'
import { createIssuer } from './issuer.ts'
import { createMqttAccess } from './mqtt-access.ts'

/** Renewal at the issuer; a role that changed changes what the person's MQTT connections may do, open ones too. */
export function renewSessions(config: Config, aws: Aws): RenewalOptions {
  const issuer = createIssuer(config)
  const mqttAccess = createMqttAccess(config, aws)
  return {
    renew: (signedIn) => issuer.renew(signedIn),
    async onRoleChange({ person, tokens }, log) {
      try {
        await mqttAccess.changeRole(tokens.idToken, person.role)
      } catch (error) {
        // The next credentials for MQTT try it again, and are refused when it fails then.
        log.error({ err: error, person: person.id }, "the IoT policy of a person's earlier role could not be taken off")
      }
    },
  }
}
