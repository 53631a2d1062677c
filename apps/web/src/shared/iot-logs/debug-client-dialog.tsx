import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import { useQueryClient } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { useFlash } from '../flash/flash.tsx'
import { TextField } from '../form/fields.tsx'
import { FormDialog } from '../form/form-dialog.tsx'
import { useForm } from '../form/use-form.ts'
import { paths } from '../paths.ts'
import { useWhyNot } from '../session/session.tsx'
import { visibleText } from '../text/visible-text.ts'
import { formatTimeOfDay } from '../time.tsx'
import { LOGGING } from './iot-log-queries.ts'
import { LogCosts } from './log-costs.tsx'

/** How long a client is logged at DEBUG, and how much longer each time. */
export const DEBUG_MINUTES = 15

interface DebugClientDialogProps {
  /** What stands in the field at first. */
  readonly clientId: string
  readonly onClose: () => void
}

/** Asks which client is to be logged at DEBUG, says what that means, and begins it. */
export function DebugClientDialog({ clientId, onClose }: DebugClientDialogProps) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const form = useForm({
    initial: { clientId },
    limits: { clientId: { minLength: 1, maxLength: 128 } },
    submit: (values) => api(endpoints.startClientDebug, { body: { ...values, minutes: DEBUG_MINUTES } }),
    onDone: (debug) => {
      void client.invalidateQueries({ queryKey: LOGGING })
      flash({
        id: `client-debug ${debug.clientId}`,
        type: 'success',
        header: `${visibleText(debug.clientId)} is logged at DEBUG until ${formatTimeOfDay(Date.parse(debug.until)).slice(0, 8)}`,
        content: <Link href={paths.logs({ client: debug.clientId, last: '15m' })}>Its log entries</Link>,
      })
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Debug a client for ${DEBUG_MINUTES} minutes`}
      action="Start debugging"
      failure="The client could not be set to DEBUG"
      onClose={onClose}
      whyNot={useWhyNot('operator')}
    >
      <TextField
        field={form.field('clientId')}
        label="Client id"
        description="The MQTT client id that it connects with, which need not be the name of a thing."
      />
      <Box>
        Everything that this client does is then logged, each ping too. After {DEBUG_MINUTES} minutes its level is put
        back to what it is now, also when this page is closed; a level that somebody else sets meanwhile stays theirs.
      </Box>
      <LogCosts />
    </FormDialog>
  )
}
