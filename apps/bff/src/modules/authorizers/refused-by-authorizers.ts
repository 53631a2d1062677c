import type { IotLogCriteriaWithChoices } from '../../aws/iot-logs/criteria.ts'

/**
 * Entries of clients that custom authentication did not let in: of the authentication type CUSTOM_AUTH or
 * CUSTOM_AUTH_X509, or with a reason CUSTOM_AUTHORIZER_…. The log does not say which authorizer it was.
 * @see AWS IoT Core developer guide, "Connection.AuthNError log entry"
 */
export const REFUSED_BY_AUTHORIZERS: IotLogCriteriaWithChoices = {
  eventTypes: ['Connection.AuthNError'],
  text: 'CUSTOM_AUTH',
}
