import { useQueryClient } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { LOGGING } from '../../../shared/iot-logs/iot-log-queries.ts'

/** Asks first: what nobody logs, nobody can explain afterwards. */
export function TurnOffLogging({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient()
  return (
    <ConfirmDialog
      header="Turn off logging?"
      action="Turn off logging"
      failure="Logging could not be turned off"
      onConfirm={async () => {
        await api(endpoints.setLogging, { body: { disableAllLogs: true } })
        await client.invalidateQueries({ queryKey: LOGGING })
      }}
      onClose={onClose}
    >
      AWS IoT then logs nothing of anything, whatever levels targets and event types have; these stay for when it is
      turned on again. What was logged stays in CloudWatch Logs.
    </ConfirmDialog>
  )
}
