import Alert from '@cloudscape-design/components/alert'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { endpoints, type RefusalList } from '@thingdeck/contract'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { api } from '../../../shared/api.ts'
import { LOGGING } from '../../../shared/iot-logs/iot-log-queries.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { REFUSALS } from '../api.ts'

const AUTHENTICATION = 'Connection.AuthNError'

/** What the log level hides: first of all failed authentications, which need a level of their own. */
export function HiddenByLevel({ logging: { state, notLogged } }: Pick<RefusalList, 'logging'>) {
  const client = useQueryClient()
  const turnOn = useMutation({
    mutationFn: () =>
      api(endpoints.setLogging, { body: { events: [{ eventType: AUTHENTICATION, logLevel: 'ERROR' }] } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: LOGGING })
      void client.invalidateQueries({ queryKey: REFUSALS })
    },
  })
  if (state !== 'on' || notLogged.length === 0) return null
  const others = notLogged.filter((eventType) => eventType !== AUTHENTICATION)
  return (
    <>
      {notLogged.includes(AUTHENTICATION) && (
        <Alert
          type="info"
          header="Devices that cannot be authenticated are not logged"
          action={
            <ActionButton
              id="log-authentications"
              text="Log failed authentications"
              needs="admin"
              isBusy={turnOn.isPending}
              onAction={() => turnOn.mutate()}
            />
          }
        >
          A certificate that is inactive, revoked or not registered, an expired token, a wrong signature: AWS IoT logs
          these only where the event type {AUTHENTICATION} has a level of its own.
        </Alert>
      )}
      {others.length > 0 && (
        <Alert type="info">The log level hides refusals: nothing is logged of {visible(others.join(', '))}.</Alert>
      )}
      {turnOn.error && <ErrorAlert error={turnOn.error} what="The level could not be set" />}
    </>
  )
}

/** What AWS IoT logs nowhere at any level, and how one finds it: nothing is guessed of it. */
export function NeverLogged() {
  return (
    <ExpandableSection headerText="A device that is not here at all: what AWS IoT never logs" variant="footer">
      <p>
        A connection that ends before AWS IoT knows the account leaves no entry, at any level: no server name (SNI) or
        that of no endpoint of this account, a TLS handshake that the device breaks off because it does not trust the
        server's certificate (root CA missing, its clock off), a TLS version or cipher that is not offered, a firewall
        in between. Nor does it log anything of devices that use the endpoint of another account or region.
      </p>
      <p>See from where the device is whether it comes so far:</p>
      <pre className="td-payload">
        {
          'openssl s_client -connect ENDPOINT:8883 -servername ENDPOINT -CAfile root-ca.pem -cert device.pem -key device.key'
        }
      </pre>
      <p>
        <code>Verify return code: 0 (ok)</code> and a connection that stays open: the handshake is good, and what
        follows is logged. Any other verify code: the device has not the right root CA, or its clock is off. A
        connection that is closed at once: the certificate is not accepted, which is logged as {AUTHENTICATION} where
        that is on. No answer: the network.
      </p>
    </ExpandableSection>
  )
}
