import { useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, isConsoleClient } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { Consequences } from '../../shared/dialog/consequences.tsx'
import { useFlash } from '../../shared/flash/flash.tsx'
import { CheckField } from '../../shared/form/fields.tsx'
import { FormDialog } from '../../shared/form/form-dialog.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { visibleText } from '../../shared/text/visible-text.ts'
import { CLIENTS, clientQuery } from './api.ts'

interface DisconnectDialogProps {
  readonly clientId: string
  readonly onClose: () => void
}

/** Asks what is to end, says what follows from it, and ends it. */
export function DisconnectDialog({ clientId, onClose }: DisconnectDialogProps) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const { data } = useQuery(clientQuery(clientId))
  const connected = data?.connection.connected
  const form = useForm({
    initial: { cleanSession: connected === false, preventWillMessage: false },
    submit: (query) => api(endpoints.disconnectClient, { params: { clientId }, query }),
    onDone: (_, { cleanSession }) => {
      void client.invalidateQueries({ queryKey: CLIENTS })
      flash({
        id: `disconnected ${clientId}`,
        type: 'success',
        header: `${visibleText(clientId)} was ${connected === false ? 'not connected' : 'disconnected'}${cleanSession ? ', and its session is gone' : ''}`,
        content: 'A device that connects by itself comes back before long.',
      })
      onClose()
    },
  })
  const cleanSession = form.field('cleanSession')
  const will = form.field('preventWillMessage')
  return (
    <FormDialog
      form={form}
      header={`Disconnect ${visibleText(clientId)}?`}
      action={connected === false ? 'Remove session' : 'Disconnect client'}
      failure="The client could not be disconnected"
      onClose={onClose}
      whyNot={useWhyNot('operator')}
    >
      <Consequences
        list={[
          connected === false
            ? 'It is not connected now: only its session can be removed.'
            : 'Its connection is closed at once. A client that connects by itself is back within seconds: to keep it away, deactivate its certificate, or take the policy that lets it connect.',
          will.value
            ? 'Its will, if it has one, is not published.'
            : 'Its will, if it has one, is published: others take it for lost.',
          cleanSession.value
            ? 'Its session is removed: its subscriptions and the messages that wait for it are gone, and it has to subscribe anew.'
            : 'A persistent session stays: messages at QoS 1 wait in it until it is back. A clean one ends with the connection.',
          isConsoleClient(clientId) &&
            'This is the session of somebody at a console: their page connects anew by itself.',
        ].filter((each) => each !== false)}
      />
      <CheckField field={cleanSession}>Remove its session, with subscriptions and queued messages</CheckField>
      <CheckField field={will}>Do not publish its will</CheckField>
    </FormDialog>
  )
}
