import type { IotLogEntry } from '@thingdeck/contract'
import { type ProvisioningFailureWords, provisioningWords } from '../../../shared/iot-logs/provisioning-words.ts'
import { entryReasonWords } from '../../../shared/iot-logs/reason-words.ts'
import { jsonObjectIn } from '../../../shared/json-object-in.ts'

/** What is refused before provisioning is reached: the connection of the claim, and its topics. */
function claimFailure(entry: IotLogEntry): ProvisioningFailureWords | undefined {
  const { eventType, reason = '', topicName = 'this topic' } = entry
  if (eventType === 'Connect' || eventType === 'Connection.AuthNError') {
    const words = entryReasonWords(entry)
    const [, state] = /CERTIFICATE_(INACTIVE|REVOKED|NOT_REGISTERED)/.exec(reason) ?? []
    if (state !== undefined) {
      return {
        kind: 'claim-inactive',
        why: `The claim certificate is not active: ${reason}`,
        whatToDo:
          state === 'INACTIVE'
            ? 'Activate it under Claims if it is still to be used, or give the devices another claim.'
            : 'It cannot be used again: give the devices another claim.',
      }
    }
    return {
      kind: reason === 'AUTHORIZATION_FAILURE' ? 'claim-policy' : 'other',
      why: words?.why ?? (reason || 'It was not let in'),
      whatToDo: words?.whatToDo ?? 'Compare its client id with what the policy of the claim allows.',
    }
  }
  if (reason !== 'AUTHORIZATION_FAILURE') return undefined
  const act = eventType === 'Subscribe' ? 'subscribe to' : 'publish to'
  return {
    kind: 'claim-policy',
    why: `The policy of the claim does not allow to ${act} ${topicName.replaceAll(',', ', ')}`,
    whatToDo:
      'It needs iot:Publish, iot:Receive and iot:Subscribe on $aws/provisioning-templates/NAME/provision/*, and on $aws/certificates/create/* or $aws/certificates/create-from-csr/*, whichever its devices use.',
  }
}

/** Why a device was not provisioned, in words with the cure. Undefined: it was. */
export function provisioningFailure(entry: IotLogEntry): ProvisioningFailureWords | undefined {
  if (entry.status !== 'Failure') return undefined
  const ofClaim = entry.eventType === 'ProvisionDevice' ? undefined : claimFailure(entry)
  if (ofClaim) return ofClaim
  const known = provisioningWords(entry)
  if (known) return known
  const { reason = '', details = '' } = entry
  const words = entryReasonWords(entry)
  return {
    kind: 'other',
    why: words?.why ?? (details || reason || 'AWS IoT gives no reason'),
    whatToDo: words?.whatToDo ?? 'Rehearse the template with what the device sent.',
  }
}

/** What an entry of AWS IoT says of provisioning, beside what all entries do. */
export interface ProvisioningFacts {
  readonly templateName?: string
  readonly deviceCertificateId?: string
  readonly operation?: string
  /** Just in time: the CA that the device's certificate is of, where the log says it. */
  readonly caCertificateId?: string
}

export function provisioningFacts({ message, topicName = '' }: IotLogEntry): ProvisioningFacts {
  const { provisioningTemplateName, deviceCertificateId, operation, caCertificateId } = jsonObjectIn(message) ?? {}
  const ofTopic = /\$aws\/provisioning-templates\/([^/,]+)\//.exec(topicName)?.[1]
  const templateName = typeof provisioningTemplateName === 'string' ? provisioningTemplateName : ofTopic
  return {
    ...(templateName !== undefined && { templateName }),
    ...(typeof deviceCertificateId === 'string' && { deviceCertificateId }),
    ...(typeof operation === 'string' && { operation }),
    ...(typeof caCertificateId === 'string' && { caCertificateId }),
  }
}
