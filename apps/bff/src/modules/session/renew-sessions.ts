import type { RenewalOptions } from '../../plugins/renewal.ts'
import { sessionName } from '../../stores/session-store.ts'
import type { Issuer } from './issuer.ts'
import type { MqttAccess } from './mqtt-access.ts'
import type { MqttGrants } from './mqtt-grants.ts'

interface RenewalParts {
  readonly issuer: Issuer
  readonly mqttAccess: MqttAccess
  readonly grants: MqttGrants
}

/** Renewal at the issuer; a role that changed changes what the person's MQTT connections may do, open ones too. */
export function renewSessions({ issuer, mqttAccess, grants }: RenewalParts): RenewalOptions {
  return {
    renew: (signedIn) => issuer.renew(signedIn),
    onEnd: ({ person }, sessionId) => grants.sessionEnded(person.id, sessionName(sessionId)),
    async onRoleChange({ person, tokens }, log) {
      try {
        if (tokens) await mqttAccess.changeRole(tokens.idToken, person.role)
        await grants.roleChanged(person.id)
      } catch (error) {
        // The next credentials for MQTT try it again, and are refused when it fails then.
        log.error({ err: error, person: person.id }, "the IoT policy of a person's earlier role could not be taken off")
      }
    },
  }
}
