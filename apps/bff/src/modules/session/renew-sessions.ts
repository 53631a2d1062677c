import type { RenewalOptions } from '../../plugins/renewal.ts'
import type { SignIns } from './sign-ins.ts'

/** Renewal at the issuer; a role that changed changes what the person's MQTT connections may do, open ones too. */
export function renewSessions({ issuer, mqttAccess, grants }: SignIns): RenewalOptions {
  return {
    renew: (signedIn) => issuer.renew(signedIn),
    onEnd: ({ person }, sessionId) => grants.sessionEnded(person.id, sessionId),
    async onRoleChange({ person, tokens }, log) {
      try {
        await mqttAccess.changeRole(tokens.idToken, person.role)
        await grants.roleChanged(person.id)
      } catch (error) {
        // The next credentials for MQTT try it again, and are refused when it fails then.
        log.error({ err: error, person: person.id }, "the IoT policy of a person's earlier role could not be taken off")
      }
    },
  }
}
